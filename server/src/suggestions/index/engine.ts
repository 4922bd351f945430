import { LRUCache } from 'lru-cache';

import { slugOfPermalink } from '../../../../content-types/rules/permalink';
import type { Hit, Offering, SearchAnswer, SearchRequest, Story, Suggestion } from '../../contracts/picker';
import { EVERYTHING, type Access, type Field } from '../access';
import { Catalogue } from './catalogue';
import { Fitter, type List } from './fit';
import { marker, type Range } from './marks';
import { explainer } from './reasons';
import type { Changes, OfferingRow } from './rows';
import { search, type Found } from './search';
import { Stories, termsOfStory, type State } from './stories';
import { topOf } from './top-of';
import { Topics } from './topics';

/** What somebody asks, and what they may see. */
interface Asked {
  access: Access;
  state: State;
}

export interface SuggestRequest extends Asked {
  story: Story;
  limit: number;
  /** Document ids that are not to be suggested. */
  exclude: readonly string[];
  lists?: readonly List[];
}

export interface Sizes {
  offerings: number;
  topics: number;
  stories: number;
}

/** Lists that editors may be scrolling through, each of less than a megabyte. */
const LISTS = 8;
const DEFAULT_LIMIT = 50;

/** Everything that is known of offerings, topics and stories, in memory, and the answers that the picker asks for. */
export class Engine {
  private readonly topics = new Topics();
  private readonly catalogue = new Catalogue(this.topics);
  private readonly stories = new Stories(this.topics);
  private readonly fitter = new Fitter(this.topics, this.catalogue, this.stories);
  private readonly lists = new LRUCache<string, Found>({ max: LISTS });

  sizes(): Sizes {
    return { offerings: this.catalogue.size, topics: this.topics.size, stories: this.stories.size };
  }

  apply({ topics = [], offerings = [], stories = [], removed = {} }: Changes): void {
    const renamed = topics.filter(({ id, name }) => this.topics.get(id) && this.topics.get(id)!.name !== name).map(({ id }) => id);
    for (const topic of topics) this.topics.set(topic);
    for (const id of removed.topics ?? []) this.topics.remove(id);
    for (const id of removed.offerings ?? []) this.catalogue.remove(id);
    for (const id of removed.stories ?? []) this.stories.remove(id);
    for (const offering of offerings) this.catalogue.set(offering);
    // An offering is found by the words of its topics' names too.
    for (const id of renamed) {
      for (const row of this.catalogue.rowsOfTopic(id)) this.catalogue.set(this.catalogue.row(this.catalogue.numberOfRow(row)!)!);
    }
    for (const story of stories) this.stories.set(story);
    this.catalogue.compact();
    this.stories.compact();
    this.fitter.forget();
    this.lists.clear();
  }

  /** Does what the first question would have to wait for. */
  prepare(): void {
    const asked: Asked = { access: EVERYTHING, state: 'draft' };
    this.search({ q: 'a', ...asked });
    this.search({ story: { title: 'a' }, ...asked });
    this.suggest({ story: { title: 'a' }, limit: 1, exclude: [], ...asked });
  }

  search({ start = 0, limit = DEFAULT_LIMIT, ...request }: SearchRequest & Asked): SearchAnswer {
    const { story, access, state } = request;
    const key = JSON.stringify(request, (_, value: unknown) => (value instanceof Set ? [...value] : value));
    const found = this.lists.get(key) ?? this.find(request);
    this.lists.set(key, found);
    const can = (field: Field) => access.fields.has(field);
    const shared = this.topics.idsOf(story?.topics ?? []);
    const mark = marker(found.words);
    const topicRefs = new Set(shared);
    const hits: Hit[] = found.page(start, limit).map((number) => {
      const row = this.catalogue.row(number)!;
      const offering = this.show(row, topicRefs, { access, state });
      const { permalink } = offering;
      const whole: Range[] = permalink && found.isPermalink ? [[0, permalink.length]] : [];
      const slugStart = permalink ? permalink.length - (slugOfPermalink(permalink)?.length ?? 0) : 0;
      return {
        ...offering,
        marks: {
          name: can('name') ? mark(offering.name) : [],
          summary: mark(offering.summary),
          permalink: found.isPermalink ? whole : mark(permalink, slugStart),
          offeringId: offering.offeringId === null ? [] : mark(String(offering.offeringId)),
          topics: Object.fromEntries(
            offering.topics.flatMap(({ documentId, name }) => {
              const ranges = mark(name);
              return ranges.length > 0 ? [[documentId, ranges]] : [];
            }),
          ),
        },
      };
    });
    return {
      data: hits,
      meta: {
        total: found.total,
        facets: {
          ...found.facets,
          topics: found.facets.topics.map(({ id, count }) => {
            const { documentId, name, label } = this.topics.get(id)!;
            return { documentId, name, label, count, shared: topicRefs.has(id) };
          }),
        },
      },
    };
  }

  suggest({ story, limit, exclude, access, state, lists }: SuggestRequest): Suggestion[] {
    const { scores, neighbours, topics } = this.fit(story, { access, state }, lists);
    const only = access.offerings && new Set(access.offerings);
    const gone = new Set(exclude);
    const candidates: number[] = [];
    for (let number = 0; number < scores.length; number += 1) {
      if (scores[number]! <= 0) continue;
      const row = this.catalogue.row(number)!;
      if (row.editorialStatus === 'archived' || gone.has(row.documentId) || (only && !only.has(row.id))) continue;
      candidates.push(number);
    }
    const shared = new Set(topics);
    const best = topOf(candidates, limit, (a, b) => scores[b]! - scores[a]! || a - b);
    const { catalogue, fitter, stories } = this;
    const reasonsOf = explainer(
      { topics: this.topics, catalogue, stories, fitter },
      {
        story,
        topics,
        state,
        neighbours,
        withSummary: access.fields.has('summary'),
        withTopics: access.fields.has('topics'),
        withStories: access.stories,
      },
    );
    return best.map((number) => {
      const row = this.catalogue.row(number)!;
      return {
        offering: this.show(row, shared, { access, state }),
        score: Number(scores[number]!.toFixed(4)),
        reasons: reasonsOf(row),
      };
    });
  }

  offerings(documentIds: readonly string[], story: Story | undefined, asked: Asked): Offering[] {
    const shared = new Set(this.topics.idsOf(story?.topics ?? []));
    const only = asked.access.offerings && new Set(asked.access.offerings);
    return documentIds.flatMap((documentId) => {
      const number = this.catalogue.numberOf(documentId);
      const row = number === undefined ? undefined : this.catalogue.row(number);
      return row && (!only || only.has(row.id)) ? [this.show(row, shared, asked)] : [];
    });
  }

  private find({ q, filters = {}, sort, topicsLike, story, access, state }: SearchRequest & Asked): Found {
    const can = (field: Field) => access.fields.has(field);
    return search(
      {
        q,
        sort,
        // A topic that is unknown by now has no offerings, which is not the same as no filter.
        topics: filters.topics?.map((documentId) => this.topics.idOf(documentId) ?? -1),
        types: filters.types,
        statuses: filters.statuses,
        notUsed: filters.notUsed,
        topicsLike,
      },
      {
        catalogue: this.catalogue,
        topics: this.topics,
        fields: {
          name: can('name'),
          summary: can('summary'),
          permalink: can('permalink'),
          offeringId: can('offeringId'),
          topics: can('topics'),
          type: can('type'),
          editorialStatus: can('editorialStatus'),
        },
        shared: this.topics.idsOf(story?.topics ?? []),
        only: access.offerings && new Set(access.offerings),
        usedBy: ({ id }) => this.stories.usedBy(id, state),
        fit: () => this.fit(story ?? {}, { access, state }).scores,
      },
    );
  }

  private fit(story: Story, { access, state }: Asked, lists?: readonly List[]) {
    const topics = this.topics.idsOf(story.topics ?? []);
    const { scores, neighbours } = this.fitter.fit({
      terms: termsOfStory(story),
      topics,
      documentId: story.documentId,
      state,
      withSummary: access.fields.has('summary'),
      withTopics: access.fields.has('topics'),
      lists,
    });
    return { scores, neighbours, topics };
  }

  /** An offering as somebody may see it. */
  private show(row: OfferingRow, shared: ReadonlySet<number>, { access, state }: Asked): Offering {
    const given = <Name extends Field & keyof OfferingRow>(name: Name): OfferingRow[Name] | null =>
      access.fields.has(name) ? row[name] : null;
    return {
      id: row.id,
      documentId: row.documentId,
      name: given('name') ?? row.documentId,
      slug: given('slug'),
      permalink: given('permalink'),
      offeringId: given('offeringId'),
      type: given('type'),
      editorialStatus: given('editorialStatus'),
      summary: given('summary'),
      website: given('website'),
      logo: given('logo'),
      topics: access.fields.has('topics')
        ? row.topics.flatMap((id) => {
            const topic = this.topics.get(id);
            return topic ? [{ documentId: topic.documentId, name: topic.name, label: topic.label, shared: shared.has(id) }] : [];
          })
        : [],
      usedBy: this.stories.usedBy(row.id, state),
    };
  }
}
