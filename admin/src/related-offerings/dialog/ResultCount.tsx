import { Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { keyframes, styled } from 'styled-components';

import { useText } from '../../texts/useText';

const turn = keyframes`
  to {
    transform: rotate(360deg);
  }
`;

/** The design system's own is an alert to screen readers, and three times as high as the line. */
const Spinner = styled(ArrowClockwise)`
  flex: none;
  animation: ${turn} 1s linear infinite;

  @media (prefers-reduced-motion: reduce) {
    animation: none;
  }
`;

/** Room for either text, so that nothing beside it moves. */
const Line = styled(Flex)`
  min-width: 13rem;
`;

/** How many offerings were found, or that they are being searched. */
export const ResultCount = ({ count, isSearching }: { count: number | undefined; isSearching: boolean }) => {
  const text = useText();
  return (
    <Line gap={1}>
      {isSearching && <Spinner width="1.2rem" height="1.2rem" fill="neutral600" aria-hidden />}
      <Typography variant="pi" textColor="neutral600" role="status">
        {isSearching ? text('relatedOfferings.searching') : count !== undefined && text('relatedOfferings.resultCount', { count })}
      </Typography>
    </Line>
  );
};
