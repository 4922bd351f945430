import { Box, Button, Flex, Modal, VisuallyHidden } from '@strapi/design-system';
import { ListSearch } from '@strapi/icons';
import { useRef, useState } from 'react';

import { useText } from '../../texts/useText';
import type { Access } from '../access/useAccess';
import { usePickerClient } from '../data/usePickerClient';
import { BrowseDialog } from '../dialog/BrowseDialog';
import { useOfferings } from '../picks/useOfferings';
import { usePicks } from '../picks/usePicks';
import type { OpenStory } from '../picks/openStory';
import type { Pick } from '../picks/value';
import { StoryWatcher, useStory } from '../story/useStory';

import { PickedList } from './PickedList';
import { Suggestions } from './Suggestions';

/** The way to all offerings, above the picked ones, of which there may be many, and those that fit. */
export const Picker = ({ story: open, access }: { story: OpenStory; access: Access }) => {
  const text = useText();
  const client = usePickerClient();
  const picks = usePicks(client, open);
  const offerings = useOfferings(client, picks);
  const { story, watch } = useStory(client, open);
  const [isBrowsing, setIsBrowsing] = useState(false);
  /** The picked one for which another one is looked for. */
  const [replaced, setReplaced] = useState<Pick>();
  const browseFor = (pick: Pick | undefined) => {
    setReplaced(pick);
    setIsBrowsing(true);
  };
  const [said, announce] = useState('');
  const browse = useRef<HTMLButtonElement>(null);
  const focusBrowse = () => browse.current?.focus();
  const isSaved = open.document !== undefined;

  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      <StoryWatcher isSaved={isSaved} onChange={watch} />
      {access.canChange && (
        <Modal.Root open={isBrowsing} onOpenChange={(is: boolean) => (is ? browseFor(undefined) : setIsBrowsing(false))}>
          <Modal.Trigger>
            <Button ref={browse} variant="secondary" fullWidth startIcon={<ListSearch />} disabled={!picks.isKnown}>
              {text('relatedOfferings.browse')}
            </Button>
          </Modal.Trigger>
          <BrowseDialog
            client={client}
            picks={picks}
            offerings={offerings}
            story={story ?? {}}
            creates={access.canCreate ? access.creates : null}
            replaced={replaced && picks.has(replaced.documentId) ? replaced : undefined}
            onReplaced={() => setIsBrowsing(false)}
            said={said}
            announce={announce}
          />
        </Modal.Root>
      )}
      <PickedList
        picks={picks}
        offerings={offerings}
        canChange={access.canChange}
        announce={announce}
        onReplace={browseFor}
        onFocusLost={focusBrowse}
      />
      {open.activeTab !== 'published' && (
        <Box borderColor="neutral150" borderStyle="solid" borderWidth="1px 0 0" paddingTop={4}>
          <Suggestions
            client={client}
            documentId={isSaved ? open.documentId : undefined}
            story={story}
            picks={picks}
            offerings={offerings}
            canChange={access.canChange && picks.isKnown}
            announce={announce}
            onFocusLost={focusBrowse}
          />
        </Box>
      )}
      <VisuallyHidden>
        <div role="status">{said}</div>
      </VisuallyHidden>
    </Flex>
  );
};
