import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import { changeLinks, previewLinks, type LinkChange, type LinksPreview } from '../../../migrations/change-links';
import type { LinksRequest, LinksResult } from '../contracts/links';
import { asStrapiError } from './as-strapi-error';
import { demandEntries } from './demand-entries';
import { demand, type Editor } from './editor';
import { hostOf } from '../services/host-of';

const TYPE = 'curated-content';
const UID = UIDS[TYPE];
const TARGETS = { relatedOfferings: 'offering', topics: 'topic' } as const;
const DRAFT = { publishedAt: { $null: true } };

/** Offerings and topics of many stories at once. */
export const createLinks = ({ strapi }: { strapi: Core.Strapi }) => {
  const host = () => hostOf(strapi);

  const find = async (documentIds: readonly string[], ...where: object[]): Promise<Set<string>> => {
    const rows = (await strapi.db
      .query(UID)
      .findMany({ select: ['documentId'], where: { $and: [{ documentId: { $in: documentIds } }, ...where] } })) as { documentId: string }[];
    return new Set(rows.map(({ documentId }) => documentId));
  };

  /** What of a request an editor may do: of some stories nothing, of some the draft alone. */
  const allowed = async (editor: Editor, request: LinksRequest) => {
    const { attribute, add, remove, published } = request;
    const stories = editor.of(TYPE);
    demand(stories.may('update', attribute));
    await demandEntries(strapi, editor, TARGETS[attribute], [...add, ...remove]);
    const asked = [...new Set(request.documentIds)];
    const mine = await find(asked, DRAFT, stories.where('update', attribute));
    const documentIds = asked.filter((documentId) => mine.has(documentId));
    const mayPublish = published && stories.may('publish');
    const open = mayPublish ? await find(documentIds, DRAFT, stories.where('publish')) : new Set();
    const draftOnly = new Set(documentIds.filter((documentId) => !open.has(documentId)));
    const change: LinkChange = { type: TYPE, attribute, add, remove, documentIds, draftOnly, user: editor.name };
    return { change, refused: asked.length - documentIds.length };
  };

  const resultOf = async (
    { changed, unchanged }: LinksPreview,
    { draftOnly }: LinkChange,
    refused: number,
    run: number | null,
    editor: Editor,
  ): Promise<LinksResult> => {
    const documentIds = changed.map(({ documentId }) => documentId);
    const titled = await find(documentIds, DRAFT, editor.of(TYPE).where('read', 'title'));
    const held = documentIds.filter((documentId) => draftOnly?.has(documentId));
    const published = await find(held, { publishedAt: { $notNull: true } });
    return {
      run,
      changed: changed.map(({ documentId, name, isPublic, added, removed }) => ({
        documentId,
        title: titled.has(documentId) ? name : documentId,
        isPublic,
        isHeldBack: published.has(documentId),
        added,
        removed,
      })),
      unchanged,
      refused,
    };
  };

  const answer = async (editor: Editor, request: LinksRequest, write: boolean): Promise<LinksResult> => {
    const { change, refused } = await allowed(editor, request);
    const done = await asStrapiError(async (): Promise<LinksPreview & { run: number | null }> =>
      write ? changeLinks(host(), change) : { ...(await previewLinks(host(), change)), run: null },
    );
    return resultOf(done, change, refused, done.run, editor);
  };

  return {
    /** What a change would do; nothing is written. */
    preview: (editor: Editor, request: LinksRequest) => answer(editor, request, false),
    /** Changes stories, as far as the editor may; a run, which can be undone. */
    change: (editor: Editor, request: LinksRequest) => answer(editor, request, true),
  };
};

export type Links = ReturnType<typeof createLinks>;
