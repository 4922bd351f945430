import { medigy } from '../../migrations/mappings/medigy';
import { readArchive } from '../../migrations/read-archive';
import { BatchReader } from '../../migrations/reading/read-batch';
import { readFiles } from '../../migrations/reading/read-files';
import { readInThreads } from '../../migrations/reading/threads';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { writeArchive } from '../support/archive';
import { story } from '../support/story';

const COUNT = 1_200;
const options = { limits: DEFAULT_LIMITS };

const files = Object.fromEntries(
  Array.from({ length: COUNT }, (_, index) => {
    const name = `${String(index).padStart(4, '0')}.md`;
    if (index % 100 === 7) return [name, '---\ntitle: [\n---\n'];
    const text = story({
      id: index % 100 === 9 ? 1 : index + 1,
      title: `Über ${index}`,
      slug: `s-${index}`,
      topics: [`Topic ${index % 9}`],
    });
    return [name, `${text}<script>alert(${index})</script>\n`];
  }),
);

it('reads many files in threads to what one thread makes of them', async () => {
  const folder = await writeArchive(files);
  const all = async (mapping: typeof medigy) => {
    const archive = await readArchive(folder, mapping, options);
    const records = [...archive.records].map(({ file, placeOf: _, ...record }) => ({ ...record, file: file && { ...file } }));
    archive.records.close();
    const { problems, refused, digest } = archive;
    return { records, problems, refused, digest };
  };
  const threaded = await all(medigy);
  expect(threaded.refused).toBe(24);
  expect(threaded.problems.filter(({ rule }) => rule === 'html/active').length).toBe(COUNT - 12);
  // A mapping that was made in some other way stays in its own thread.
  expect(threaded).toEqual(await all({ ...medigy }));
});

it.each([
  ['in threads', medigy],
  ['in one', { ...medigy }],
])('hands large files on a few at a time, %s', async (_, mapping) => {
  const [megabytes, large] = [3, 25];
  const names = Object.keys(files).slice(0, 1_000);
  const filler = 'x'.repeat(megabytes << 20);
  const contents = names.map((name, index) => [name, index < large ? story({ id: index + 1, title: name }, filler) : files[name]!]);
  const folder = await writeArchive(Object.fromEntries(contents));
  const read: string[] = [];
  let most = 0;
  for await (const readings of readFiles(folder, names, mapping, options)) {
    read.push(...readings.map(({ path }) => path));
    most = Math.max(most, ...readings.map(({ record }) => record?.content.buffer.byteLength ?? 0));
  }
  expect(read).toEqual(names);
  expect(most).toBeGreaterThan(megabytes << 20);
  expect(most).toBeLessThan(12 << 20);
});

const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

it('ends its threads where nobody waits for the rest', async () => {
  const folder = await writeArchive(files);
  const before = ports();
  for await (const readings of readFiles(folder, Object.keys(files), medigy, options)) {
    expect(readings[0]!.path).toBe('0000.md');
    expect(ports()).toBeGreaterThan(before);
    break;
  }
  expect(ports()).toBe(before);
});

it.each([
  // What no file can cause: something of the plugin itself is wrong.
  ['a thread cannot start', { mapping: { file: {} }, options }, /./],
  ['a thread fails at a file', { mapping: 'medigy', options: {} as typeof options }, "reading 'fileBytes'"],
])('says so where %s, and leaves no thread behind', async (_, task, message) => {
  const folder = await writeArchive({ 'a.md': files['0000.md']! });
  const before = ports();
  const readAll = async () => {
    const own = new BatchReader(folder, medigy, options);
    for await (const readings of readInThreads({ folder, ...task }, own, [['a.md'], ['a.md']], 2)) expect(readings).toEqual([]);
  };
  await expect(readAll()).rejects.toThrow(message);
  expect(ports()).toBe(before);
});
