import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import { linksRequestSchema, type LinksAnswer } from '../contracts/links';
import { mergeRequestSchema, type MergeAnswer, type MergePreviewAnswer } from '../contracts/merge';
import type { OverviewAnswer } from '../contracts/overview';
import { parse } from '../contracts/parse';
import { undoRequestSchema, type UndoAnswer } from '../contracts/runs';
import { usedInRequestSchema, type TopicUsageAnswer, type UsedInAnswer } from '../contracts/usage';
import { editorOf, type EditorContext } from '../editing/editor';
import type { Links } from '../editing/links';
import type { Merges } from '../editing/merges';
import type { OverviewService } from '../editing/overview';
import type { Undoing } from '../editing/undoing';
import type { Usage } from '../editing/usage';

interface Context extends EditorContext {
  params: Record<string, string>;
  query: unknown;
  request: { body: unknown };
  body: unknown;
}

interface Services {
  usage: Usage;
  merges: Merges;
  links: Links;
  overview: OverviewService;
  undoing: Undoing;
}

/** What the panel asks around stories: where things are used, merges, changes of many stories, what stories lack. */
export const editing = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = <Name extends keyof Services>(name: Name): Services[Name] => strapi.plugin(PLUGIN_ID).service(name);
  const editor = (ctx: Context) => editorOf(strapi, ctx);

  return {
    async usedIn(ctx: Context) {
      const paging = parse(usedInRequestSchema, ctx.query);
      ctx.body = (await service('usage').stories(editor(ctx), ctx.params.documentId!, paging)) satisfies UsedInAnswer;
    },
    async topicUsage(ctx: Context) {
      ctx.body = { data: await service('usage').topic(editor(ctx), ctx.params.documentId!) } satisfies TopicUsageAnswer;
    },
    async previewMerge(ctx: Context) {
      const request = parse(mergeRequestSchema, ctx.request.body);
      ctx.body = { data: await service('merges').preview(editor(ctx), request) } satisfies MergePreviewAnswer;
    },
    async merge(ctx: Context) {
      const request = parse(mergeRequestSchema, ctx.request.body);
      ctx.body = { data: await service('merges').merge(editor(ctx), request) } satisfies MergeAnswer;
    },
    async previewLinks(ctx: Context) {
      const request = parse(linksRequestSchema, ctx.request.body);
      ctx.body = { data: await service('links').preview(editor(ctx), request) } satisfies LinksAnswer;
    },
    async changeLinks(ctx: Context) {
      const request = parse(linksRequestSchema, ctx.request.body);
      ctx.body = { data: await service('links').change(editor(ctx), request) } satisfies LinksAnswer;
    },
    async overview(ctx: Context) {
      ctx.body = { data: await service('overview').read(editor(ctx)) } satisfies OverviewAnswer;
    },
    async undo(ctx: Context) {
      const { run } = parse(undoRequestSchema, ctx.params);
      ctx.body = { data: await service('undoing').undo(editor(ctx), run) } satisfies UndoAnswer;
    },
  };
};
