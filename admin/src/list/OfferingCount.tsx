import { Typography, VisuallyHidden } from '@strapi/design-system';

import { useText } from '../texts/useText';

/** How many offerings a story names; the list's own answer has the number of every relation. */
export const OfferingCount = ({ count }: { count: number | undefined }) => {
  const text = useText();
  if (count === undefined) return <Typography textColor="neutral600">-</Typography>;
  return (
    <Typography textColor={count === 0 ? 'danger600' : 'neutral800'} fontWeight={count === 0 ? 'bold' : 'regular'}>
      <span aria-hidden>{count}</span>
      <VisuallyHidden>{text('list.offerings', { count })}</VisuallyHidden>
    </Typography>
  );
};
