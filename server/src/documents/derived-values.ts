import type { ContentType } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';
import { hostOf } from '../../../content-types/rules/brand';
import { splitTopicName } from '../../../content-types/rules/name';
import { given, type Values } from '../unique-keys/changed-keys';

interface Rule {
  attribute: string;
  from: string;
  derive: (source: string) => string | null;
}

/** The attributes, besides the slug, that are filled from another one when an editor leaves them empty. */
export const DERIVED: Record<ContentType, Rule[]> = {
  'curated-content': [{ attribute: 'brand', from: 'link', derive: hostOf }],
  topic: [
    { attribute: 'label', from: 'name', derive: (name) => splitTopicName(name).label },
    { attribute: 'taxonomy', from: 'name', derive: (name) => splitTopicName(name).taxonomy },
  ],
  offering: [],
};

const derivedFrom = ({ from, derive }: Rule, values: Values): string | null => {
  const source = values[from];
  return isBlank(source) ? null : derive(String(source));
};

/**
 * What a write has to set besides what it was asked for. An attribute that was derived follows when its source changes; one that an editor
 * chose stays.
 *
 * @param data what is written; an attribute that is not in it stays as it is stored
 * @param stored the entry as it is; undefined for a new one
 */
export const derivedValues = (type: ContentType, data: Values, stored: Values | undefined): Values => {
  const written = (attribute: string) => data[attribute] !== undefined;
  const result = { ...stored, ...given(data) };
  const values: Values = {};
  for (const rule of DERIVED[type]) {
    const { attribute, from } = rule;
    if (stored && !written(attribute) && !written(from)) continue;
    const follows = stored && result[attribute] === stored[attribute] && result[attribute] === derivedFrom(rule, stored);
    const derived = derivedFrom(rule, result);
    const differs = isBlank(result[attribute]) ? derived !== null : derived !== result[attribute];
    if ((isBlank(result[attribute]) || follows) && differs) values[attribute] = derived;
  }
  return values;
};
