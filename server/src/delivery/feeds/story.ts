/** As much of a story's answer as a feed tells. */
export interface FeedStory {
  documentId: string;
  title: string;
  /** Where it stands on the site; null where nothing says so. */
  path: string | null;
  description?: string | null;
  body?: string | null;
  /** The day of curation. */
  date?: string | null;
  link?: string | null;
  authors?: unknown;
  featuredImage?: { url: string; mime: string; size: number } | null;
  createdAt?: string | null;
  updatedAt?: string | null;
  /** Missing for a caller who may not see topics. */
  topics?: { name: string; label?: string | null }[];
}

/** As much of a topic's answer. */
export interface FeedTopic {
  documentId: string;
  name: string;
  label?: string | null;
  path: string | null;
}

/** The stories of a feed, and whose they are. */
export interface FeedSource {
  stories: readonly FeedStory[];
  /** The topic that the feed is about. */
  topic?: FeedTopic;
  /** Where the feed itself is. */
  address: string;
  /** The start of addresses that Strapi answers without one, as those of uploaded pictures. */
  assets: string;
}
