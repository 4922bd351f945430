import type { Language } from '../language';
import { explainYaml } from './explain-yaml';
import { isYamlException, parseYaml } from './parse-yaml';
import { findOffset } from './yaml-places';

export const yaml: Language = {
  parse: parseYaml,
  explain: (error, header) => (isYamlException(error) ? explainYaml(error, header) : undefined),
  findOffset,
};
