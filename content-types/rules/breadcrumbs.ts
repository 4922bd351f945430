interface Story {
  title?: unknown;
  identifier?: unknown;
  basePath?: unknown;
}

/** Where a story stands on the site: the names of the pages above it and its own. Null where the section has no name. */
export const breadcrumbsOf = ({ title, identifier }: Story): string[] | null =>
  typeof identifier === 'string' && typeof title === 'string' ? ['Home', identifier, title] : null;

/** The addresses that go with `breadcrumbsOf`; the story itself has none. */
export const breadcrumbLinksOf = ({ basePath }: Story): string[] | null => (typeof basePath === 'string' ? ['/', basePath, ''] : null);
