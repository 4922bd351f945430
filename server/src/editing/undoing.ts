import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import { readRun, type Run } from '../../../migrations/apply/runs';
import { undoArchive } from '../../../migrations/undo-archive';
import { actionOf } from '../constants';
import type { UndoAnswer } from '../contracts/runs';
import { asStrapiError } from './as-strapi-error';
import { demand, type Editor } from './editor';
import { hostOf } from '../services/host-of';

/** Who may merge may take merges back, and who changed many stories that; every other run needs the permission to undo runs. */
const mayUndo = (editor: Editor, { subject, user }: Run): boolean => {
  if (editor.can(actionOf('runs.undo'))) return true;
  if (subject?.kind === 'merge') return editor.can(actionOf('topics.merge'));
  return subject?.kind === 'bulk' && user === editor.name && editor.of(subject.type).may('update', subject.attribute);
};

/** Taking back runs from the panel. */
export const createUndoing = ({ strapi }: { strapi: Core.Strapi }) => ({
  async undo(editor: Editor, runId: number): Promise<UndoAnswer['data']> {
    const host = hostOf(strapi);
    const run = await readRun(host, runId);
    if (!run) throw new errors.NotFoundError();
    demand(mayUndo(editor, run));
    const { run: undo, counts, problems } = await asStrapiError(() => undoArchive(host, runId, editor.name));
    const { updated, created, removed } = counts;
    return { run: undo!, updated, created, removed, left: problems.map(({ message }) => message) };
  },
});

export type Undoing = ReturnType<typeof createUndoing>;
