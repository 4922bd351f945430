import { preferredEncoding } from '../../server/src/delivery/http/encodings';

it.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['BR ; Q=0.8, gzip;q=0.8', 'br'],
  ['gzip', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['identity;q=1, gzip;q=0.5', 'identity'],
  ['gzip, identity', 'gzip'],
  ['deflate', 'identity'],
  ['x-br, br;q=often', 'identity'],
  ['', 'identity'],
])('who accepts "%s" gets %s', (accepted, expected) => {
  expect(preferredEncoding(accepted)).toBe(expected);
});
