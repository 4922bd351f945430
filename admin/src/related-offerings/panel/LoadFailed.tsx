import { Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import { useWayOut } from '../../requests/useWayOut';

interface Props {
  error: unknown;
  message: string;
  isUnsaved: boolean;
  /** The button goes once it is asked for again, and the focus needs another place. */
  onRetry(): void;
}

/** Says that something could not be loaded, and lets the editor ask for it again. */
export const LoadFailed = ({ error, message, isUnsaved, onRetry }: Props) => {
  const wayOut = useWayOut()(error, { message, isUnsaved, retry: onRetry });
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
