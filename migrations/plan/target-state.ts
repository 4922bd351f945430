import { targetOf, type ContentType } from '../../content-types';
import type { Asset, Assets } from '../source/assets';
import type { Problem } from '../source/problem';
import type { AltText } from './alt-texts';
import type { Database } from './database';
import type { Base } from './ledger';
import { reportAt, type Resolved, type Resolver } from './resolver';
import { emptyState, type State } from './state';

export interface TargetState {
  state: State;
  assets: Base['assets'];
  uploads: { name: string; asset: Asset; alternativeText: string | null }[];
  /** Of pictures that are the same as at the last import. */
  altTexts: AltText[];
  problems: Problem[];
}

/**
 * What a record's rows are to hold: its values, its references as documentIds, its pictures as files of the media library or, where they
 * are not there yet, by their bytes.
 *
 * @param isGone true for an entry that an editor deleted: nothing is linked to it
 */
export const targetState = async (
  { record, documentId, entry }: Resolved,
  resolver: Resolver,
  database: Database,
  assets: Assets,
  isGone: (type: ContentType, documentId: string) => boolean,
): Promise<TargetState> => {
  const state: State = { ...emptyState(), values: record.values };
  const target: TargetState = { state, assets: {}, uploads: [], altTexts: [], problems: [] };

  for (const [attribute, references] of Object.entries(record.links)) {
    const type = targetOf(record.type, attribute);
    const found = references.flatMap((reference) => {
      const documentId = resolver.find(reference);
      if (documentId) return isGone(type, documentId) ? [] : documentId;
      target.problems.push(reportAt(record, 'reference/unresolved', reference.place, resolver.unresolved(reference)));
      return [];
    });
    state.links[attribute] = [...new Set(found)];
  }

  for (const [attribute, reference] of Object.entries(record.media)) {
    state.media[attribute] = null;
    if (!reference) continue;
    const { href, place, alternativeText } = reference;
    const asset = await assets.find(href, record.path);
    if ('rule' in asset) {
      target.assets[attribute] = { href, sha256: null };
      target.problems.push(reportAt(record, asset.rule, place, asset.message));
      continue;
    }
    const name = `sha256:${asset.sha256}`;
    target.assets[attribute] = { href, sha256: asset.sha256, ...(alternativeText === null ? {} : { alternativeText }) };
    const before = entry?.base.assets[attribute];
    // The same bytes are the same file of the library, also where an editor deleted that: the story was left without it for a reason.
    const known = before?.sha256 === asset.sha256 && database.exists(record.type, documentId) ? entry!.base.media[attribute] : null;
    state.media[attribute] = known ?? database.fileOf(asset.sha256) ?? name;
    const base = before?.alternativeText ?? null;
    if (known && base !== alternativeText) target.altTexts.push({ attribute, documentId: known, base, file: alternativeText });
    if (state.media[attribute] === name) target.uploads.push({ name, asset, alternativeText });
  }
  return target;
};
