import { compileMapping } from './file/compile';
import type { CollectionFile } from './file/schema';

/** Folders of a site that hold no content of its own. */
const NO_CONTENT = [
  // Where a site has them; a section of the content may be called the same.
  '{archetypes,layouts,themes,vendor,public}/**',
  '**/{_includes,_layouts,_site}/**',
];

const TAXONOMIES = ['tags', 'categories'];

const stories: Omit<CollectionFile, 'include'> = {
  type: 'curated-content',
  exclude: ['**/_index*.md', '**/{README,LICENSE,CHANGELOG,CONTRIBUTING,CODE_OF_CONDUCT}.md', ...NO_CONTENT],
  fields: {
    title: ['title', '$slug'],
    slug: ['slug', '$slug'],
    description: ['description', 'summary', 'excerpt', 'subtitle'],
    date: ['date', 'publishDate', '$date'],
    lastModified: ['lastmod', 'last_modified_at', 'updated', 'modified'],
    link: ['link', 'external_url', 'externalUrl', 'source_url'],
    topics: { from: ['categories', 'category', 'tags', 'tag'], all: true, create: true },
    featuredImage: ['featured_image', 'featuredImage', 'cover.image', 'cover', 'image', 'images', 'thumbnail'],
    authors: ['authors', 'author'],
    aliases: ['aliases', 'redirect_from'],
    layout: 'layout',
    body: '$body',
  },
};

/**
 * Plain Hugo and Jekyll sites. Terms that have a page of their own (`tags/health/_index.md`) are topics, every other page is a story, and
 * what its tags and categories name is made where no page describes it.
 */
export const hugo = compileMapping({
  name: 'hugo',
  collections: [
    {
      type: 'topic',
      include: TAXONOMIES.map((taxonomy) => `**/${taxonomy}/*/_index.md`),
      exclude: NO_CONTENT,
      fields: { name: ['title', '$slug'], slug: ['slug', '$slug'], description: ['description', 'summary', '$body'] },
    },
    { ...stories, include: ['**/_drafts/**/*.{md,markdown,MD,MARKDOWN}'], draft: true },
    { ...stories, include: ['**/*.{md,markdown,MD,MARKDOWN}'] },
  ],
});
