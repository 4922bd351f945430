import { Box, Flex, Link, Loader, Status, Typography, IconButton } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';

import { UIDS } from '../../../content-types/uids';
import type { UsedInAnswer, UsedInStory } from '../../../server/src/contracts/usage';
import { entryPage } from '../addresses';
import type { Panel } from '../content-manager';
import { LoadFailed } from '../requests/LoadFailed';
import { useLoaded } from '../requests/useLoaded';
import { useText } from '../texts/useText';

const PAGE_SIZE = 10;
const VARIANTS = { draft: 'secondary', modified: 'alternative', published: 'success' } as const;

const Story = ({ documentId, title, status }: UsedInStory) => {
  const text = useText();
  return (
    <Flex tag="li" direction="column" alignItems="flex-start" gap={1}>
      <Box maxWidth="100%" style={{ overflowWrap: 'anywhere' }}>
        <Link tag={RouterLink} to={entryPage('curated-content', documentId)}>
          {title}
        </Link>
      </Box>
      <Status variant={VARIANTS[status]} size="XS">
        <Typography variant="pi" fontWeight="bold">
          {text(`usedIn.${status}`)}
        </Typography>
      </Status>
    </Flex>
  );
};

/** The stories that name an offering, the newest first. */
const UsedIn = ({ documentId }: { documentId: string }) => {
  const text = useText();
  const [page, setPage] = useState(1);
  const { state, data, error, reload } = useLoaded<UsedInAnswer>(
    `/curation/offerings/${documentId}/stories?page=${page}&pageSize=${PAGE_SIZE}`,
  );
  if (state === 'failed') return <LoadFailed error={error} message={text('usedIn.failed')} onRetry={reload} />;
  if (!data) return <Loader small>{text('loading')}</Loader>;
  const { pageCount, total } = data.meta.pagination;
  if (total === 0) return <Typography textColor="neutral600">{text('usedIn.none')}</Typography>;

  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      <Typography variant="pi" textColor="neutral600">
        {text('usedIn.count', { count: total })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
        {data.data.map((story) => (
          <Story key={story.documentId} {...story} />
        ))}
      </Flex>
      {pageCount > 1 && (
        <Flex tag="nav" aria-label={text('usedIn.pages')} justifyContent="space-between">
          <IconButton label={text('usedIn.previous')} disabled={page === 1} onClick={() => setPage(page - 1)}>
            <ChevronLeft />
          </IconButton>
          <Typography variant="pi" aria-live="polite">
            {text('usedIn.page', { page, pageCount })}
          </Typography>
          <IconButton label={text('usedIn.next')} disabled={page === pageCount} onClick={() => setPage(page + 1)}>
            <ChevronRight />
          </IconButton>
        </Flex>
      )}
    </Flex>
  );
};

/** The side panel of an offering. */
export const UsedInPanel: Panel = ({ model, documentId }) => {
  const text = useText();
  if (model !== UIDS.offering || !documentId) return null;
  return { title: text('usedIn.title'), content: <UsedIn key={documentId} documentId={documentId} /> };
};
