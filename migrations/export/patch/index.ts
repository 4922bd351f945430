import type { LanguageName } from '../../source/languages/language';
import type { Patch } from './edit';
import { patchJson } from './json';
import { patchToml } from './toml';
import { patchYaml } from './yaml';

export const PATCHES: Record<LanguageName, Patch> = { yaml: patchYaml, toml: patchToml, json: patchJson };
