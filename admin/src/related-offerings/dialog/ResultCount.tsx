import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import { useText } from '../../texts/useText';
import { Spinner } from '../panel/Spinner';

/** Room for either text, so that nothing beside it moves. */
const Line = styled(Flex)`
  min-width: 13rem;
`;

/** How many offerings were found, or that they are being searched. */
export const ResultCount = ({ count, isSearching }: { count: number | undefined; isSearching: boolean }) => {
  const text = useText();
  return (
    <Line gap={1}>
      {isSearching && <Spinner />}
      <Typography variant="pi" textColor="neutral600" role="status">
        {isSearching ? text('relatedOfferings.searching') : count !== undefined && text('relatedOfferings.resultCount', { count })}
      </Typography>
    </Line>
  );
};
