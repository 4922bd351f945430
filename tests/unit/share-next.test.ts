import { setImmediate as turn } from 'node:timers/promises';

import { shareNext } from '../../server/src/delivery/share-next';

describe('shareNext', () => {
  it('asks once for all who come within one turn', async () => {
    let asked = 0;
    const share = shareNext(() => Promise.resolve((asked += 1)));
    expect(await Promise.all([share(), share(), Promise.resolve().then(share)])).toEqual([1, 1, 1]);
    expect(await share()).toBe(2);
  });

  it('asks anew for who comes while an answer is under way: what it says may be old by then', async () => {
    let written = 'old';
    const waiting: (() => void)[] = [];
    const share = shareNext(async () => {
      const read = written;
      await new Promise<void>((resolve) => waiting.push(resolve));
      return read;
    });
    const early = share();
    await turn();
    await turn();
    expect(waiting).toHaveLength(1);
    written = 'new';
    const late = [share(), share()];
    await turn();
    await turn();
    expect(waiting).toHaveLength(1);
    waiting[0]!();
    expect(await early).toBe('old');
    await turn();
    await turn();
    expect(waiting).toHaveLength(2);
    waiting[1]!();
    expect(await Promise.all(late)).toEqual(['new', 'new']);
  });

  it('tells a failure to those who shared it, and to nobody else', async () => {
    let asked = 0;
    const share = shareNext(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('closed')) : Promise.resolve(asked);
    });
    const failures = await Promise.allSettled([share(), share()]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await share()).toBe(2);
  });
});
