import { Box, Flex, Typography } from '@strapi/design-system';
import { Check, CheckCircle, PlusCircle } from '@strapi/icons';
import { styled } from 'styled-components';

import type { Hit } from '../../../../server/src/contracts/picker';
import { useText } from '../../texts/useText';
import { OfferingFacts } from '../panel/OfferingFacts';

import { Logo } from './Logo';
import { Marked } from './Marked';

/** Every row is as high as every other: only so can the list know where the ten-thousandth one stands. */
export const ROW_HEIGHT = 108;

const Summary = styled(Typography)`
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
`;

const Topics = styled(Flex)`
  height: 2.2rem;
  overflow: hidden;
`;

/** Like a badge of the design system, which writes everything in capitals. */
const Topic = styled.span<{ $isShared: boolean }>`
  display: inline-flex;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[1]};
  padding: 0 ${({ theme }) => theme.spaces[2]};
  border: 1px solid ${({ theme, $isShared }) => ($isShared ? theme.colors.primary200 : theme.colors.neutral200)};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme, $isShared }) => ($isShared ? theme.colors.primary100 : theme.colors.neutral100)};
  color: ${({ theme, $isShared }) => ($isShared ? theme.colors.primary700 : theme.colors.neutral700)};
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: 1.8rem;
  white-space: nowrap;
`;

/** A search marks the full name, "Taxonomy: Label"; here stands the label alone. */
const marksOfLabel = ({ name, label }: Hit['topics'][number], ranges: [number, number][] = []): [number, number][] => {
  if (label === null) return ranges;
  if (!name.endsWith(label)) return [];
  const before = name.length - label.length;
  return ranges.filter(([start]) => start >= before).map(([start, end]) => [start - before, end - before]);
};

interface Props {
  hit: Hit;
  /** Its place among the picked ones, from 1; undefined where it is not picked. */
  picked: number | undefined;
}

/** What a search tells of one offering. */
export const ResultRow = ({ hit, picked }: Props) => {
  const text = useText();
  const { name, summary, marks } = hit;
  const topics = [...hit.topics].sort((a, b) => Number(b.shared) - Number(a.shared));
  return (
    <Flex gap={3} alignItems="flex-start" height="100%">
      <Logo offering={hit} size="4.4rem" />
      <Flex direction="column" alignItems="stretch" gap={1} flex="1" minWidth={0}>
        <Flex gap={2} minWidth={0}>
          <Typography fontWeight="bold" textColor="neutral800" ellipsis title={name}>
            <Marked text={name} ranges={marks.name} />
          </Typography>
          <Box flex="none">
            <OfferingFacts {...hit} />
          </Box>
        </Flex>
        <Summary variant="pi" textColor="neutral600">
          {summary ? <Marked text={summary} ranges={marks.summary} /> : <Marked text={hit.permalink ?? ''} ranges={marks.permalink} />}
        </Summary>
        <Topics gap={1} wrap="wrap">
          <Typography variant="pi" textColor="neutral600" paddingRight={1}>
            {text('relatedOfferings.usedBy', { stories: hit.usedBy })}
          </Typography>
          {topics.map((topic) => (
            <Topic key={topic.documentId} $isShared={topic.shared} title={topic.name}>
              {topic.shared && <Check width="1rem" height="1rem" aria-label={text('relatedOfferings.shared')} />}
              <Marked text={topic.label ?? topic.name} ranges={marksOfLabel(topic, marks.topics[topic.documentId])} />
            </Topic>
          ))}
        </Topics>
      </Flex>
      <Flex flex="none" gap={1} color={picked === undefined ? 'neutral500' : 'primary600'}>
        {picked !== undefined && (
          <Typography variant="pi" fontWeight="bold" textColor="primary600">
            {text('relatedOfferings.pickedAt', { place: picked })}
          </Typography>
        )}
        <Box aria-hidden>
          {picked === undefined ? (
            <PlusCircle width="2rem" height="2rem" fill="primary600" />
          ) : (
            <CheckCircle width="2rem" height="2rem" fill="primary600" />
          )}
        </Box>
      </Flex>
    </Flex>
  );
};
