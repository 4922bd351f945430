import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { Cross, Plus } from '@strapi/icons';

import type { Suggestion } from '../../../../server/src/contracts/picker';
import { TwoLines } from '../../texts/TwoLines';
import { useText } from '../../texts/useText';

import { OfferingFacts } from './OfferingFacts';
import { useReason } from './useReason';

interface Props {
  suggestion: Suggestion;
  canChange: boolean;
  onAdd(): void;
  onDismiss(): void;
}

/** One offering that fits, why, and what to do about it. */
export const SuggestionItem = ({ suggestion: { offering, reasons }, canChange, onAdd, onDismiss }: Props) => {
  const text = useText();
  const words = useReason();
  const { name } = offering;
  return (
    <Box tag="li" background="neutral100" borderColor="neutral200" hasRadius padding={3}>
      <Typography fontWeight="bold" textColor="neutral800" tag="p">
        <TwoLines>{name}</TwoLines>
      </Typography>
      <OfferingFacts {...offering} />
      <Box tag="ul" paddingTop={1}>
        {reasons.map((reason) => (
          <Typography key={reason.kind} variant="pi" textColor="neutral700" tag="li">
            {words(reason)}
          </Typography>
        ))}
      </Box>
      {canChange && (
        <Flex justifyContent="space-between" paddingTop={2} gap={2} wrap="wrap">
          <TextButton data-add startIcon={<Plus />} onClick={onAdd} aria-label={text('relatedOfferings.addName', { name })}>
            {text('relatedOfferings.add')}
          </TextButton>
          <TextButton data-dismiss startIcon={<Cross />} onClick={onDismiss} aria-label={text('relatedOfferings.dismissName', { name })}>
            {text('relatedOfferings.dismiss')}
          </TextButton>
        </Flex>
      )}
    </Box>
  );
};
