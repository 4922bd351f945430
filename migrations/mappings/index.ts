import { medigy } from './medigy';
import type { Mapping } from './mapping';

/** The mappings that come with the plugin, by the name that `--mapping` takes. */
export const MAPPINGS: Record<string, Mapping> = { medigy };

export const DEFAULT_MAPPING = medigy.name;
