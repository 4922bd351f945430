import type { ArchiveOptions } from '../import-archive';
import type { Limits } from '../source/limits';
import type { ComparingOptions } from './options';

/**
 * What the command line was told, as the engine takes it. Who has nobody to ask keeps the editor's value.
 *
 * @param limits those of the app, where the command line names none
 */
export const archiveOptions = (
  folder: string,
  options: ComparingOptions,
  limits: Limits,
): ArchiveOptions & { onConflict: 'keep' | 'file' } => {
  const { mapping, assets, only, html, frames, publish, conflict, resurrect = false, missing, maxMissing } = options;
  return {
    folder,
    mapping,
    assets,
    only,
    html,
    frames,
    limits: { ...limits, ...options.limits },
    publish,
    onConflict: conflict === 'file' ? 'file' : 'keep',
    resurrect,
    missing,
    maxMissing,
  };
};
