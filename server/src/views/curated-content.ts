import type { View } from './view';

export const curatedContentView: View = {
  settings: { mainField: 'title', defaultSortBy: 'date', defaultSortOrder: 'DESC', pageSize: 20 },
  // The panel adds the number of offerings and Strapi the status at the end; one more column, or one as wide as the publisher, would push it off a laptop's screen.
  list: ['title', 'date', 'topics'],
  edit: [
    // What an editor fills in for every story.
    [['title', 12]],
    [
      ['link', 8],
      ['date', 4],
    ],
    [
      ['slug', 8],
      ['brand', 4],
    ],
    // In half a row a laptop cuts the names off: "Digital Health Wire: Hospit…".
    [['topics', 12]],
    [['relatedOfferings', 12]],
    [['description', 12]],
    [['body', 12]],
    [
      ['featuredImage', 6],
      ['featuredPdf', 6],
    ],
    // Who wrote it and who pointed at it.
    [['authors', 12]],
    [['tags', 12]],
    [
      ['institution', 6],
      ['offering', 6],
    ],
    [
      ['via', 4],
      ['viaLink', 8],
    ],
    [
      ['insightsName', 6],
      ['insightsDescription', 6],
    ],
    // Where it stands on the site.
    [
      ['identifier', 4],
      ['basePath', 4],
      ['editorialStatus', 4],
    ],
    [['aliases', 12]],
    [['breadcrumbs', 12]],
    [['breadcrumbLinks', 12]],
    [
      ['searchCategory', 4],
      ['masthead', 4],
      ['sub', 4],
    ],
    [
      ['layout', 4],
      ['archetype', 4],
      ['contentCategories', 4],
    ],
    // Where it came from.
    [
      ['linkOriginal', 8],
      ['source', 4],
    ],
    [
      ['workPackageId', 4],
      ['workPackageType', 4],
      ['sourceName', 4],
    ],
    [
      ['lastModified', 6],
      ['favIconImage', 6],
    ],
    [['featuredImageInfo', 12]],
    [['htmlMetadata', 12]],
    [['openGraphMetadata', 12]],
    [['twitterMetadata', 12]],
  ],
  fields: {
    title: { label: 'Title', hint: 'The headline of the story, as its publisher wrote it' },
    slug: { label: 'Slug', hint: 'Its name in addresses. Leave empty to get one made of the publisher and the title' },
    description: { label: 'Description', hint: 'One or two sentences for lists, search results and previews' },
    body: { label: 'Summary', hint: 'The story in your own words: what happened and why it matters' },
    date: { label: 'Date', hint: 'The day it was curated; lists show the newest first' },
    lastModified: { label: 'Last modified at the source', hint: 'When the record was last changed in the system it was imported from' },
    link: { label: 'Link', hint: 'The address of the story, without tracking parameters' },
    linkOriginal: { label: 'Link as found', hint: 'The address as it was pasted, tracking parameters included' },
    brand: { label: 'Publisher', hint: 'Leave empty to follow the link' },
    topics: { label: 'Topics', hint: 'What the story is about, most important first', mainField: 'name' },
    relatedOfferings: {
      label: 'Related offerings',
      hint: 'The products and services that belong to this story, most important first',
      mainField: 'name',
    },
    featuredImage: { label: 'Image', hint: 'The picture beside the story. Describe it in its alternative text' },
    featuredImageInfo: { label: 'Image at the source', hint: 'What the source said about the image: file name, size, attachment' },
    featuredPdf: { label: 'PDF', hint: 'A document to read or download with the story' },
    favIconImage: { label: 'Publisher icon', hint: 'The small picture that the publisher shows in browser tabs' },
    htmlMetadata: { label: 'HTML metadata', hint: 'The meta tags of the page, as they were when the story was found' },
    openGraphMetadata: { label: 'Open Graph metadata', hint: 'What the page tells Facebook and LinkedIn about itself' },
    twitterMetadata: { label: 'Twitter metadata', hint: 'What the page tells X (Twitter) about itself' },
    aliases: { label: 'Old addresses', hint: 'A list of paths that lead to this story, such as ["/news/old-title"]' },
    basePath: { label: 'Section address', hint: 'The path of the section the story stands in, such as /news/' },
    identifier: { label: 'Section', hint: 'The name of the section the story stands in, such as News' },
    breadcrumbs: { label: 'Breadcrumbs', hint: 'Leave empty to follow the title and section' },
    breadcrumbLinks: { label: 'Breadcrumb addresses', hint: 'Leave empty to follow the section address' },
    authors: { label: 'Authors', hint: 'Who wrote the story, as a list: ["Radhika Narayanan"]' },
    tags: { label: 'Tags', hint: 'Free words besides the topics, as a list: ["News"]' },
    institution: { label: 'Institution', hint: 'The organisation that the story is about' },
    offering: { label: 'Offering in words', hint: 'A product the story names that is not among the offerings' },
    via: { label: 'Found via', hint: 'Who pointed at the story, if it was not found at its publisher' },
    viaLink: { label: 'Found via: link', hint: 'Where they pointed at it' },
    insightsName: { label: 'Insight', hint: 'A heading for what you want readers to take away' },
    insightsDescription: { label: 'Insight in full', hint: 'What you want readers to take away' },
    editorialStatus: {
      label: 'Editorial status',
      hint: 'Where it stands in the work of the source. Publishing is up to the button on the right',
    },
    searchCategory: { label: 'Search category', hint: 'The group under which the site’s search shows the story' },
    masthead: { label: 'Masthead', hint: 'The line above the headline, such as NEWS' },
    archetype: { label: 'Archetype', hint: 'The kind of page at the source; the site’s templates may depend on it' },
    layout: { label: 'Layout', hint: 'The template of the page; the site’s templates may depend on it' },
    sub: { label: 'Form', hint: 'How the story is told at the source, such as brief' },
    source: { label: 'Source', hint: 'The system the story was imported from' },
    contentCategories: { label: 'Content category', hint: 'The collection the story belongs to at the source' },
    workPackageId: {
      label: 'Work package',
      hint: 'Its number at the source. An import finds the story by it, so change it only on purpose',
    },
    workPackageType: { label: 'Work package type', hint: 'The kind of work package at the source, such as Curated Content' },
    sourceName: { label: 'File name', hint: 'The name of the Markdown file the story was imported from' },
  },
};
