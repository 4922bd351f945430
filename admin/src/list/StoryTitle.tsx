import { Tooltip, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

/** On a laptop the rest of the row leaves so much; a large screen leaves more. */
const WIDTH = 'clamp(23rem, 44vw - 33.3rem, 60rem)';

interface Props {
  documentId: string;
  title: string | null | undefined;
}

/** The title of a story as Strapi's own list has it, the way to the story, as wide as the screen allows. */
export const StoryTitle = ({ documentId, title }: Props) => {
  const shown = title || '-';
  return (
    <Tooltip label={shown}>
      <Typography
        tag={Link}
        to={documentId}
        // The row leads there too, and would go twice.
        onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}
        maxWidth={WIDTH}
        ellipsis
        textColor="neutral800"
      >
        {shown}
      </Typography>
    </Tooltip>
  );
};
