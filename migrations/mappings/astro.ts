import { compileMapping } from './file/compile';

/**
 * Content collections of Astro, and what its templates and many sites in Next.js, Gatsby and Eleventy call their fields. Tags and categories are
 * topics, made where they are named.
 */
export const astro = compileMapping({
  name: 'astro',
  collections: [
    {
      type: 'curated-content',
      include: ['**/*.{md,mdx,markdown,MD,MDX,MARKDOWN}'],
      // Astro passes over what begins with an underscore.
      exclude: ['**/_*', '**/_*/**', '**/{README,LICENSE,CHANGELOG,CONTRIBUTING,CODE_OF_CONDUCT}.md'],
      fields: {
        title: ['title', '$slug'],
        slug: ['slug', 'postSlug', '$slug'],
        description: ['description', 'summary', 'excerpt', 'subtitle'],
        date: ['pubDate', 'pubDatetime', 'publishDate', 'publishedAt', 'date', '$date'],
        lastModified: ['updatedDate', 'modDatetime', 'updatedAt', 'lastModified', 'lastmod', 'updated'],
        link: ['link', 'externalUrl', 'external_url'],
        topics: { from: ['categories', 'category', 'tags', 'tag'], all: true, create: true },
        featuredImage: [
          'heroImage',
          'coverImage',
          'cover_image',
          'cover',
          'image',
          'featuredImage',
          'featured_image',
          'ogImage',
          'thumbnail',
        ],
        authors: ['authors', 'author'],
        aliases: ['aliases', 'redirect_from'],
        layout: 'layout',
        body: '$body',
      },
    },
  ],
});
