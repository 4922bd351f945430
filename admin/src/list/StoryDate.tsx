import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** The day of a story, short, in the editor's language. */
export const StoryDate = ({ date }: { date: string | null | undefined }) => {
  const { formatDate } = useIntl();
  return (
    <Typography textColor="neutral800" style={{ whiteSpace: 'nowrap' }}>
      {date ? formatDate(date, { dateStyle: 'medium', timeZone: 'UTC' }) : '-'}
    </Typography>
  );
};
