import type { Feature } from './feature';
import { relatedOfferings } from './related-offerings';

/** Everything the plugin adds to the panel, in the order in which panels and columns appear. */
export const FEATURES: Feature[] = [relatedOfferings];
