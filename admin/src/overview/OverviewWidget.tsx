import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import { Link as RouterLink } from 'react-router-dom';

import type { OverviewAnswer } from '../../../server/src/contracts/overview';
import { listPage } from '../addresses';
import { LACKS, type Lack } from '../list/lacks';
import { useLoaded } from '../requests/useLoaded';
import { useText } from '../texts/useText';

const LINES = ['withoutOfferings', 'withoutTopics', 'withArchivedOfferings'] as const satisfies Lack[];

/** On the home page: what stories lack, each a link to the list of them. */
export const OverviewWidget = () => {
  const text = useText();
  const { state, data } = useLoaded<OverviewAnswer>('/curation/overview');
  if (state === 'failed') return <Widget.Error />;
  if (!data) return <Widget.Loading />;
  const lines = LINES.flatMap((lack) => {
    const count = data.data[lack];
    return count === null ? [] : [{ lack, count }];
  });
  if (lines.length === 0) return <Widget.NoPermissions />;

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{text('overview.stories', { count: data.data.stories })}</Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
        {lines.map(({ lack, count }) => (
          <Flex tag="li" key={lack} justifyContent="space-between" gap={4}>
            <Link tag={RouterLink} to={listPage('curated-content', [...LACKS[lack]])}>
              {text(`lack.${lack}`)}
            </Link>
            <Box>
              <Typography variant="delta" textColor={count === 0 ? 'success600' : 'neutral800'}>
                {count}
              </Typography>
            </Box>
          </Flex>
        ))}
      </Flex>
    </Flex>
  );
};
