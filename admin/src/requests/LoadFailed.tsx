import { Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import { useText } from '../texts/useText';

import { isForbidden } from './refusals';
import { useWayOut } from './useWayOut';

interface Props {
  error: unknown;
  message: string;
  isUnsaved?: boolean;
  /** The button goes once it is asked for again, and the focus needs another place. */
  onRetry(): void;
}

/** Says that something could not be loaded, and lets the editor ask for it again where that may help. */
export const LoadFailed = ({ error, message, isUnsaved = false, onRetry }: Props) => {
  const text = useText();
  const wayOut = useWayOut()(error, { message, isUnsaved, retry: onRetry });
  if (isForbidden(error)) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {text('problem.unseen')}
      </Typography>
    );
  }
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Typography variant="pi" textColor="danger600" role="alert">
        {wayOut.message}
      </Typography>
      <TextButton startIcon={<ArrowClockwise />} onClick={wayOut.onClick}>
        {wayOut.label}
      </TextButton>
    </Flex>
  );
};
