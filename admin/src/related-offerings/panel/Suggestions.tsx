import { Flex, TextButton, Typography } from '@strapi/design-system';
import { useLayoutEffect, useRef, useState } from 'react';
import { styled } from 'styled-components';

import type { Story, Suggestion } from '../../../../server/src/contracts/picker';
import { shorten } from '../../texts/shorten';
import { useText } from '../../texts/useText';
import { useAnswer } from '../../requests/useAnswer';
import { useLasting } from '../data/useLasting';
import type { PickerClient } from '../data/usePickerClient';
import type { Offerings } from '../picks/useOfferings';
import type { Picks } from '../picks/usePicks';
import { useDismissals } from '../story/useDismissals';

import { LoadFailed } from '../../requests/LoadFailed';
import { Spinner } from './Spinner';
import { SuggestionItem } from './SuggestionItem';

const SHOWN = 5;
/** One more than is shown: it takes the place of one that is added, until the next answer is there. */
const LIMIT = SHOWN + 1;

interface Props {
  client: PickerClient;
  /** Undefined while the story is not saved. */
  documentId: string | undefined;
  story: Story | null;
  picks: Picks;
  offerings: Offerings;
  canChange: boolean;
  announce(message: string): void;
  /** What had the focus goes, and nothing takes its place. */
  onFocusLost(): void;
}

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: ${({ theme }) => theme.spaces[2]};
`;

/** Up to five offerings that fit the story as it stands in the form, with the reasons. */
export const Suggestions = ({ client, documentId, story, picks, offerings, canChange, announce, onFocusLost }: Props) => {
  const text = useText();
  const dismissals = useDismissals(client, documentId);
  const [lastDismissed, setLastDismissed] = useState<Suggestion['offering']>();
  /** The name of the offering whose dismissal, or the end of it, the server did not take. */
  const [refused, setRefused] = useState<string>();
  const picked = picks.list.map((pick) => pick.documentId);
  const request = story && picks.isKnown ? { story, picked: [...picked, ...dismissals.list].toSorted(), limit: LIMIT } : null;
  const { data, error, isLoading, retry } = useAnswer(request, client.suggestions);
  const isSlow = useLasting(isLoading);
  const list = (data ?? [])
    .filter(({ offering }) => !picks.has(offering.documentId) && !dismissals.list.includes(offering.documentId))
    .slice(0, SHOWN);

  const whole = useRef<HTMLDivElement>(null);
  const shown = useRef<HTMLUListElement>(null);
  const used = useRef<{ documentId: string; at: number; by: 'add' | 'dismiss' }>();
  useLayoutEffect(() => {
    // The form tells of a change a moment after it was made; until then the list is the old one.
    if (!used.current || list.some(({ offering }) => offering.documentId === used.current?.documentId)) return;
    const { at, by } = used.current;
    used.current = undefined;
    // The one that was used is gone, and with it the button that had the focus. Its like gets it: pressed again, it must do the same.
    const buttons = shown.current?.querySelectorAll<HTMLButtonElement>(`[data-${by}]`) ?? [];
    const next = buttons[Math.min(at, buttons.length - 1)];
    if (next) next.focus();
    else onFocusLost();
  });

  const askAgain = () => {
    retry();
    whole.current?.focus();
  };
  const refuse = ({ name }: Suggestion['offering']) => {
    setRefused(name);
    announce(text('relatedOfferings.dismissFailed', { name }));
  };
  const add = ({ offering }: Suggestion, at: number) => {
    used.current = { documentId: offering.documentId, at, by: 'add' };
    offerings.learn(offering);
    picks.add(offering);
    announce(text('relatedOfferings.added', { name: offering.name, count: picks.list.length + 1 }));
  };
  const dismiss = ({ offering }: Suggestion, at: number) => {
    used.current = { documentId: offering.documentId, at, by: 'dismiss' };
    setLastDismissed(offering);
    setRefused(undefined);
    announce(text('relatedOfferings.dismissed', { name: offering.name }));
    dismissals.set(offering.documentId, true).catch(() => {
      setLastDismissed((later) => (later === offering ? undefined : later));
      refuse(offering);
    });
  };
  const bringBack = () => {
    if (!lastDismissed) return;
    setLastDismissed(undefined);
    setRefused(undefined);
    onFocusLost();
    dismissals.set(lastDismissed.documentId, false).then(
      () => announce(text('relatedOfferings.broughtBack', { name: lastDismissed.name })),
      () => {
        setLastDismissed((later) => later ?? lastDismissed);
        refuse(lastDismissed);
      },
    );
  };

  return (
    <Flex ref={whole} tabIndex={-1} direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between">
        <Typography variant="sigma" tag="h3" textColor="neutral600">
          {text('relatedOfferings.suggestions')}
        </Typography>
        {isSlow && <Spinner />}
      </Flex>
      {error !== undefined && (
        <LoadFailed error={error} message={text('relatedOfferings.suggestionsFailed')} isUnsaved={picks.isUnsaved} onRetry={askAgain} />
      )}
      {refused !== undefined && (
        <Typography variant="pi" textColor="danger600">
          {text('relatedOfferings.dismissFailed', { name: shorten(refused) })}
        </Typography>
      )}
      {lastDismissed && (
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography variant="pi" textColor="neutral600">
            {text('relatedOfferings.dismissed', { name: shorten(lastDismissed.name) })}
          </Typography>
          <TextButton onClick={bringBack}>{text('undo.button')}</TextButton>
        </Flex>
      )}
      {list.length > 0 && (
        <List ref={shown} aria-label={text('relatedOfferings.suggestions')} aria-busy={isLoading}>
          {list.map((suggestion, at) => (
            <SuggestionItem
              key={suggestion.offering.documentId}
              suggestion={suggestion}
              canChange={canChange}
              onAdd={() => add(suggestion, at)}
              onDismiss={() => dismiss(suggestion, at)}
            />
          ))}
        </List>
      )}
      {list.length === 0 && error === undefined && (!isLoading || data?.length === 0) && (
        <Typography variant="pi" textColor="neutral600">
          {text(data ? 'relatedOfferings.noSuggestions' : 'relatedOfferings.suggestionsFollow')}
        </Typography>
      )}
    </Flex>
  );
};
