import type { Feature } from './feature';
import { links } from './links';
import { list } from './list';
import { merge } from './merge';
import { overview } from './overview';
import { relatedOfferings } from './related-offerings';
import { usage } from './usage';

/** Everything the plugin adds to the panel, in the order in which panels and columns appear. */
export const FEATURES: Feature[] = [relatedOfferings, usage, merge, list, links, overview];
