import { Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import { useText } from '../../texts/useText';

interface Props {
  message: string;
  /** The button goes once it is asked for again, and the focus needs another place. */
  onRetry(): void;
}

/** Says that something could not be loaded, and lets the editor ask for it again. */
export const LoadFailed = ({ message, onRetry }: Props) => {
  const text = useText();
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Typography variant="pi" textColor="danger600" role="alert">
        {message}
      </Typography>
      <TextButton startIcon={<ArrowClockwise />} onClick={onRetry}>
        {text('relatedOfferings.retry')}
      </TextButton>
    </Flex>
  );
};
