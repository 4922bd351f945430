import { isBlank } from '../../content-types/rules/blank';
import { getAt, type Path } from '../source/json';
import type { ParsedFile } from '../source/parsed-file';
import type { Collection, FieldRule } from './mapping';

/** The first of a rule's places that holds something; the file itself where none does. */
export const filledPlace = ({ places }: Pick<FieldRule, 'places'>, { data }: ParsedFile): Path =>
  places.find((path) => !isBlank(getAt(data, path))) ?? [];

/** Where in its file an attribute stands, or what a mapping file calls the key. */
export const placeIn = (file: ParsedFile, { fields, keyPlaces: places = [] }: Collection, attribute: string): Path => {
  const rule = attribute === 'key' ? { places } : fields.find((each) => each.attribute === attribute);
  return rule ? filledPlace(rule, file) : [];
};
