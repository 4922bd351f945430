import { isFresh, lastModifiedOf } from '../../server/src/delivery/http/freshness';

const at = (moment: string) => Date.parse(`2026-01-01T${moment}Z`);
const byDate = (ifModifiedSince: string, changedAt: number) => isFresh({ ifNoneMatch: undefined, ifModifiedSince }, 'tag', changedAt);
const timeOf = (date: Date) => date.toISOString().slice(11, 19);

describe('the date of an answer', () => {
  it('is that of the change, once no other change can have it', () => {
    const changedAt = at('10:00:00.300');
    const date = lastModifiedOf(changedAt, at('10:01:00'));
    expect(timeOf(date)).toBe('10:00:01');
    expect(byDate(date.toUTCString(), changedAt)).toBe(true);
  });

  it('does not keep a client from what changes in the same second, or from what a node wrote whose clock is behind', () => {
    const first = lastModifiedOf(at('10:00:00.100'), at('10:00:00.200')).toUTCString();
    expect(byDate(first, at('10:00:00.900'))).toBe(false);
    const ahead = lastModifiedOf(at('10:00:00.100'), at('10:00:04.000')).toUTCString();
    expect(byDate(ahead, at('10:00:00.100'))).toBe(false);
  });

  it('tells the client that asked just before the change', () => {
    expect(byDate(new Date(at('10:00:00')).toUTCString(), at('10:00:00.500'))).toBe(false);
  });

  it('counts for nothing where the client names an ETag, or no date', () => {
    const ifModifiedSince = new Date(at('11:00:00')).toUTCString();
    expect(isFresh({ ifNoneMatch: '"other"', ifModifiedSince }, 'tag', at('10:00:00'))).toBe(false);
    expect(isFresh({ ifNoneMatch: 'W/"tag-gzip"', ifModifiedSince: undefined }, 'tag', at('10:00:00'))).toBe(true);
    expect(byDate('yesterday', at('10:00:00'))).toBe(false);
  });
});
