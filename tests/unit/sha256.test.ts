import { createHash } from 'node:crypto';

import { sha256 } from '../../content-types/rules/sha256';

it.each(['', 'a story', 'é, 木 and \u{1F600}', 'a lone \uD83D', Buffer.from([0, 255, 254])])('digests %p as SHA-256', (data) => {
  expect(sha256(data)).toBe(createHash('sha256').update(data).digest('hex'));
  expect(sha256(data, 'base64url')).toBe(createHash('sha256').update(data).digest('base64url'));
});
