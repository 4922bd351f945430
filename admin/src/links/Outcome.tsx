import { Box, Flex, Typography } from '@strapi/design-system';

import type { LinksResult } from '../../../server/src/contracts/links';
import { useList } from '../texts/useList';
import { useText } from '../texts/useText';

const SHOWN = 8;

interface Props {
  result: LinksResult;
  way: 'add' | 'remove';
  /** How many entries are added or removed. */
  chosen: number;
  /** The names of those that are added although they are archived. */
  archived: string[];
  isDone?: boolean;
}

/** What will change, or did: how many stories, and in the first few what. */
export const Outcome = ({ result, way, chosen, archived, isDone = false }: Props) => {
  const text = useText();
  const list = useList();
  const { changed, unchanged, refused } = result;
  const held = changed.filter(({ isHeldBack }) => isHeldBack).length;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} background="neutral100" padding={4} hasRadius aria-live="polite">
      <Typography fontWeight="bold">{text(isDone ? 'links.changed' : 'links.willChange', { count: changed.length })}</Typography>
      {archived.length > 0 && (
        <Typography textColor="danger600">{text('links.archived', { count: archived.length, names: list(archived) })}</Typography>
      )}
      {changed.length > 0 && (
        <ul>
          {changed.slice(0, SHOWN).map(({ documentId, title, added, removed }) => (
            <Box tag="li" key={documentId} paddingBottom={1} style={{ overflowWrap: 'anywhere' }}>
              <Typography variant="pi">{title}</Typography>{' '}
              <Typography variant="pi" textColor="neutral600">
                {[...added.map((name) => `+ ${name}`), ...removed.map((name) => `− ${name}`)].join(', ')}
              </Typography>
            </Box>
          ))}
        </ul>
      )}
      {changed.length > SHOWN && <Typography variant="pi">{text('links.more', { count: changed.length - SHOWN })}</Typography>}
      {held > 0 && <Typography textColor="neutral600">{text('links.heldBack', { count: held })}</Typography>}
      {unchanged > 0 && (
        <Typography textColor="neutral600">
          {way === 'add' ? text('links.unchanged', { count: unchanged }) : text('links.absent', { count: unchanged, chosen })}
        </Typography>
      )}
      {refused > 0 && <Typography textColor="danger600">{text('links.refused', { count: refused })}</Typography>}
    </Flex>
  );
};
