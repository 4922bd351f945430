import { json } from './json';
import type { Language, LanguageName } from './language';
import { toml } from './toml';
import { yaml } from './yaml';

export const LANGUAGES: Record<LanguageName, Language> = { yaml, toml, json };
