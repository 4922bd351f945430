import { medigy } from '../../migrations/mappings/medigy';
import { readArchive } from '../../migrations/read-archive';
import { readFiles } from '../../migrations/reading/read-files';
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

it('ends its threads where nobody waits for the rest', async () => {
  const folder = await writeArchive(files);
  const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = ports();
  for await (const readings of readFiles(folder, Object.keys(files), medigy, options)) {
    expect(readings[0]!.path).toBe('0000.md');
    expect(ports()).toBeGreaterThan(before);
    break;
  }
  expect(ports()).toBe(before);
});
