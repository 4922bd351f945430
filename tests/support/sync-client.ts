interface Story {
  documentId: string;
  slug: string | null;
}

interface Answer {
  data: { items: Story[]; deleted: { documentId: string }[] };
  meta: { cursor: string; more: boolean };
}

/** A site that asks for what changed and nothing else, and drops what it is told is gone. */
export const createSyncClient = (url: string, token: string) => {
  const held = new Map<string, Story>();
  let cursor: string | undefined;

  const get = async (path: string) => {
    const ask = () => fetch(`${url}/api/curation/delivery${path}`, { headers: { authorization: `Bearer ${token}` } });
    // A connection that was kept may be closed just when it is used again; what was read is as good the second time.
    const response = await ask().catch(ask);
    if (response.status !== 200) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return response.json();
  };

  return {
    /** Asks until there is no more. */
    async catchUp(limit = 7): Promise<void> {
      for (let more = true; more;) {
        const { data, meta } = (await get(`/sync?limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`)) as Answer;
        data.items.forEach((story) => held.set(story.documentId, story));
        data.deleted.forEach(({ documentId }) => held.delete(documentId));
        ({ cursor, more } = meta);
      }
    },
    held: (): Story[] => [...held.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1)),
    /** What a site gets that reads all pages. */
    async everything(): Promise<Story[]> {
      const stories: Story[] = [];
      for (let after: string | null = ''; after !== null;) {
        const page = (await get(`/contents?limit=10${after && `&after=${after}`}`)) as { data: Story[]; meta: { next: string | null } };
        stories.push(...page.data);
        after = page.meta.next;
      }
      return stories.sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
    },
  };
};
