import type { Reason } from '../../contracts/picker';
import { isFiller } from '../text/filler-words';
import { fold } from '../text/fold';
import { isGeneric } from '../text/generic-words';
import { plainText } from '../text/plain-text';
import { stem } from '../text/stem';
import { isStopWord } from '../text/stop-words';
import { wordsOf } from '../text/words';
import type { Catalogue } from './catalogue';
import type { Fitter } from './fit';
import type { OfferingRow } from './rows';
import type { Neighbour, Stories, StoryText, State } from './stories';
import type { Topics } from './topics';

const MOST_TERMS = 3;
const LONGEST_PHRASE = 4;
const MOST_EXAMPLES = 3;
/** Less alike, and no reader would call two stories similar. */
const SIMILAR = 0.12;
/** A word that more than so many of the offerings or of the stories have gives no reason for one of them. */
const COMMON = { share: 0.2, few: 10 };
/** A word that stands alone has to be rarer. */
const COMMON_ALONE = { share: 0.1, few: 4 };

const isCommon = (having: number, all: number, { share, few } = COMMON): boolean => having > few && having > all * share;

interface Asked {
  story: StoryText;
  /** Row ids. */
  topics: readonly number[];
  state: State;
  neighbours: readonly Neighbour[];
  withSummary: boolean;
  withTopics: boolean;
  withStories: boolean;
}

interface StoryWord {
  term: string;
  isFiller: boolean;
  isGeneric: boolean;
  start: number;
  end: number;
}

interface Phrase {
  text: string;
  strength: number;
  terms: string[];
  /** Whether it says anything to a reader. */
  isTelling: boolean;
  /** Whether any text may hold it. */
  isFiller: boolean;
}

/** Its words are read when they are first asked for. */
interface Text {
  text: string;
  words(): StoryWord[];
}

const textOf = (text: string): Text => {
  let words: StoryWord[] | undefined;
  return {
    text,
    words: () =>
      (words ??= wordsOf(text).map(({ text: word, start, end }) => ({
        term: isStopWord(word) ? '' : stem(word),
        isFiller: isFiller(word),
        isGeneric: isGeneric(word),
        start,
        end,
      }))),
  };
};

/** Says why offerings fit a story. */
export const explainer = (
  { topics, catalogue, stories, fitter }: { topics: Topics; catalogue: Catalogue; stories: Stories; fitter: Fitter },
  asked: Asked,
): ((row: OfferingRow) => Reason[]) => {
  const ofStory = textOf([asked.story.title, asked.story.description, plainText(asked.story.body ?? '')].filter(Boolean).join('\n'));
  const labels = asked.topics.map((id) => topics.get(id)).map((topic) => topic?.label ?? topic?.name ?? '');
  const ofTopics = textOf(asked.withTopics ? labels.join('. ') : '');
  const isCommonTerm = (term: string, limit = COMMON): boolean => {
    const number = catalogue.terms.find(term);
    const offerings = number === undefined ? 0 : catalogue.frequencies.count(number);
    return isCommon(offerings, catalogue.size, limit) || isCommon(stories.countOfTerm(term), stories.size, limit);
  };
  const isTelling = (run: readonly StoryWord[]): boolean => {
    const [word] = run;
    if (run.length === 1) return !word!.isFiller && !word!.isGeneric && !isCommonTerm(word!.term, COMMON_ALONE);
    return run.some((each) => !each.isFiller && !isCommonTerm(each.term));
  };

  /** How much each term that both have says. */
  const strengthsOf = (row: OfferingRow): Map<string, number> => {
    const { name, summary, topics: own } = catalogue.termsOf(row);
    const strengths = new Map<string, number>();
    const take = (terms: Map<string, number>, weight: number) => {
      for (const term of terms.keys()) {
        const number = catalogue.terms.find(term);
        if (number === undefined) continue;
        if (weight < 2 && isCommon(catalogue.frequencies.count(number), catalogue.size)) continue;
        strengths.set(term, (strengths.get(term) ?? 0) + fitter.rarityOfTerm(number) * weight);
      }
    };
    take(name, 2);
    if (asked.withSummary) take(summary, 1);
    if (asked.withTopics) take(own, 0.5);
    return strengths;
  };

  /** What the offering has of a text, in runs: 'remote monitoring' and not 'remote', 'monitoring'; 'visit over video', but not 'over video'. */
  const phrasesOf = (row: OfferingRow, { text: whole, words }: Text): Phrase[] => {
    const strengths = strengthsOf(row);
    const found = new Map<string, Phrase>();
    const all = words();
    for (let at = 0; at < all.length; at += 1) {
      if (!strengths.has(all[at]!.term)) continue;
      let end = at;
      const isNext = (next: number) =>
        next - at < LONGEST_PHRASE &&
        strengths.has(all[next]?.term ?? '') &&
        /^[\s'’-]*$/.test(whole.slice(all[next - 1]!.end, all[next]!.start));
      while (isNext(end + 1)) end += 1;
      const next = end;
      let start = at;
      while (start < end && all[start]!.isFiller) start += 1;
      while (start < end && all[end]!.isFiller) end -= 1;
      const run = all.slice(start, end + 1);
      const terms = [...new Set(run.map(({ term }) => term))];
      const text = whole.slice(run[0]!.start, run.at(-1)!.end).replace(/\s+/g, ' ');
      const strength = terms.reduce((sum, term) => sum + strengths.get(term)!, 0);
      if (!found.has(fold(text))) {
        found.set(fold(text), { text, strength, terms, isTelling: isTelling(run), isFiller: run.every((word) => word.isFiller) });
      }
      at = next;
    }
    return [...found.values()].sort((a, b) => b.strength - a.strength);
  };

  /** The strongest of them, none twice in other words. */
  const termsOf = (phrases: readonly Phrase[]): string[] => {
    const told = new Set<string>();
    const texts: string[] = [];
    for (const { text, terms } of phrases) {
      if (terms.every((term) => told.has(term))) continue;
      for (const term of terms) told.add(term);
      texts.push(text);
      if (texts.length === MOST_TERMS) break;
    }
    return texts;
  };

  return (row) => {
    const reasons: Reason[] = [];
    const picking = asked.neighbours.filter(({ story, similarity }) => similarity >= SIMILAR && story.offerings.includes(row.id));
    if (picking.length > 0) {
      const examples = picking.slice(0, MOST_EXAMPLES).map(({ story }) => ({ documentId: story.documentId, title: story.title ?? '' }));
      reasons.push({ kind: 'picks', stories: picking.length, examples: asked.withStories ? examples : [] });
    }
    const shared = asked.withTopics ? asked.topics.filter((topic) => row.topics.includes(topic)) : [];
    if (shared.length > 0) {
      const rarest = [...new Set(shared)].sort((a, b) => fitter.rarityOfTopic(b) - fitter.rarityOfTopic(a));
      reasons.push({
        kind: 'topics',
        topics: rarest.flatMap((id) => {
          const topic = topics.get(id);
          return topic ? [{ documentId: topic.documentId, label: topic.label ?? topic.name }] : [];
        }),
      });
    }
    const phrases = phrasesOf(row, ofStory);
    const terms = termsOf(phrases.filter(({ isTelling }) => isTelling));
    if (terms.length > 0) reasons.push({ kind: 'text', terms });
    if (reasons.length > 0) return reasons;
    // A word of the story or of its topics, however weak, tells of this story; that others picked the offering does not.
    const weak = [...phrases, ...phrasesOf(row, ofTopics)].filter((phrase) => !phrase.isFiller).sort((a, b) => b.strength - a.strength);
    if (weak.length > 0) return [{ kind: 'text', terms: termsOf(weak) }];
    const used = stories.usedBy(row.id, asked.state);
    if (used > 0) return [{ kind: 'popular', stories: used }];
    // Nothing but such words speaks for it; that is the truth, and better than no reason.
    return phrases.length > 0 ? [{ kind: 'text', terms: termsOf(phrases) }] : [];
  };
};
