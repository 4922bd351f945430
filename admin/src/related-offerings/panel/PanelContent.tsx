import { Loader, Typography } from '@strapi/design-system';

import { useText } from '../../texts/useText';
import { useAccess } from '../access/useAccess';
import { openStory, type OpenStory } from '../picks/openStory';

import { Picker } from './Picker';

/** What the editor may see of it. */
export const PanelContent = (props: OpenStory) => {
  const text = useText();
  const story = openStory(props);
  const access = useAccess(story.document !== undefined, story.activeTab !== 'published');
  if (access.isLoading) return <Loader small>{text('loading')}</Loader>;
  if (!access.canRead) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {text('relatedOfferings.noAccess')}
      </Typography>
    );
  }
  return <Picker story={story} access={access} />;
};
