import type { StrapiApp } from '@strapi/strapi/admin';

/** One thing that an editor does in the panel. Each has a folder of its own beside this file, and one line in features.ts. */
export interface Feature {
  /** Before Strapi's own parts are ready: widgets, menu links, reducers. */
  register?(app: StrapiApp): void;
  /** When every plugin has registered: what adds to the Content Manager. */
  bootstrap?(app: Pick<StrapiApp, 'getPlugin' | 'registerHook'>): void;
}
