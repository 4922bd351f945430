import fs from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from '../support/paths';
import { offeringFile, story, topicFile } from '../support/story';

const ASSETS = path.join(ROOT, 'playground', 'assets');

const TOPICS = 40;
const OFFERINGS = 30;

const topicName = (number: number): string => `Wards: Topic ${number}`;
const offeringOf = (number: number) => ({ label: `Offering ${number}`, permalink: `/offering/o-${number}`, offeringId: 5_000 + number });

const pad = (number: number): string => String(number).padStart(2, '0');

/** Two moments of one archive: as it is first imported, and as it is later, with files that changed, came and went. */
export type Edition = 'first' | 'second';

const storyAt = (number: number, edition: Edition, picture: string | undefined): string => {
  const isChanged = edition === 'second' && (number % 3 !== 0 || picture !== undefined);
  const shift = isChanged ? 1 : 0;
  const day = `20${pad(10 + (number % 14))}-${pad(1 + (number % 12))}-${pad(1 + (number % 28))}`;
  return story(
    {
      id: 10_000 + number,
      title: `Story ${number}`,
      slug: `story-${number}`,
      // With both dates no row gets the moment of the run, which differs from run to run.
      date: day,
      lastMod: isChanged ? `2025-02-03T04:05:06.${100 + (number % 900)}Z` : `2024-12-${pad(1 + (number % 28))}T10:11:12.345Z`,
      via: isChanged ? 'Second' : 'First',
      categories: [topicName((number + shift) % TOPICS), topicName((number * 7 + 3 + shift) % TOPICS)],
      relatedOfferings: [offeringOf((number + shift) % OFFERINGS), offeringOf((number * 11 + 5) % OFFERINGS)],
      aliases: [`/old/${number}${isChanged ? '-again' : ''}`],
      draft: (number + shift) % 17 === 0,
      ...(picture ? { featuredImage: { href: picture, alt: `Picture of ${number}` } } : {}),
    },
    `<p>Body of ${number}${isChanged ? ', told anew' : ''}.</p>\n`,
  );
};

/** Which stories the two editions have: some go, some come. */
const isIn = (number: number, count: number, edition: Edition): boolean =>
  edition === 'first' ? number < count : number >= count / 50 && number < count + count / 50;

/**
 * Many small files; a few of them with pictures, which take longest to write.
 *
 * @param folder gets `first`, `second` and `assets`
 */
export const writeEditions = async (folder: string, count: number): Promise<Record<Edition | 'assets', string>> => {
  const logos = (await fs.readdir(path.join(ASSETS, 'logos'))).sort();
  const pictureOf = (number: number, edition: Edition): string | undefined => {
    if (number % 100 !== 50) return undefined;
    const index = number / 100 - 0.5 + (edition === 'second' ? 5 : 0);
    return `logos/${logos[index % logos.length]!}`;
  };
  const places = { first: path.join(folder, 'first'), second: path.join(folder, 'second'), assets: ASSETS };
  for (const edition of ['first', 'second'] as const) {
    await fs.mkdir(places[edition], { recursive: true });
    const write = (name: string, text: string) => fs.writeFile(path.join(places[edition], name), text);
    for (let number = 0; number < TOPICS; number += 2) {
      const parent = number > 2 ? topicName(2) : null;
      await write(`topic-${number}.md`, topicFile(topicName(number), { parent, description: edition, date: '2020-01-01' }));
    }
    for (let number = 0; number < OFFERINGS; number += 3) {
      const { label, ...rest } = offeringOf(number);
      await write(`offering-${number}.md`, offeringFile(label, { ...rest, categories: [topicName(number)], summary: edition }));
    }
    for (let number = 0; number < count * 2; number += 1) {
      if (isIn(number, count, edition)) await write(`${number}.md`, storyAt(number, edition, pictureOf(number, edition)));
    }
  }
  return places;
};

/** Stories with large pictures, which keep an import busy outside of its transactions. */
export const writePictures = async (folder: string): Promise<void> => {
  const pictures = (await fs.readdir(ASSETS)).filter((name) => name.endsWith('.jpeg')).sort();
  for (const [index, href] of pictures.entries()) {
    const number = 90_000 + index;
    const dates = { date: '2021-03-04', lastMod: '2021-03-05T06:07:08.009Z' };
    await fs.writeFile(
      path.join(folder, `${number}.md`),
      story({ id: number, title: `Story ${number}`, slug: `story-${number}`, ...dates, featuredImage: { href } }),
    );
  }
};
