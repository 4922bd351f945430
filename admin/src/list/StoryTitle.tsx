import { Tooltip, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

interface Props {
  documentId: string;
  title: string | null | undefined;
}

/** The title of a story as Strapi's own list has it, the way to the story, but not as wide. */
export const StoryTitle = ({ documentId, title }: Props) => {
  const shown = title || '-';
  return (
    <Tooltip label={shown}>
      <Typography
        tag={Link}
        to={documentId}
        // The row leads there too, and would go twice.
        onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}
        maxWidth="25rem"
        ellipsis
        textColor="neutral800"
      >
        {shown}
      </Typography>
    </Tooltip>
  );
};
