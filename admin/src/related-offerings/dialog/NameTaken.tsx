import { Box, Button, Flex, Typography } from '@strapi/design-system';

import type { Hit } from '../../../../server/src/contracts/picker';
import { shorten } from '../../texts/shorten';
import { useText } from '../../texts/useText';
import { useFocus } from '../../useFocus';
import { OfferingFacts } from '../panel/OfferingFacts';

interface Props {
  offering: Hit;
  isPicked: boolean;
  isSaving: boolean;
  onUse(): void;
  onInsist(): void;
}

/** Asks before a second offering of one name is made. The answer that does no harm has the focus. */
export const NameTaken = ({ offering, isPicked, isSaving, onUse, onInsist }: Props) => {
  const text = useText();
  const use = useFocus<HTMLButtonElement>();
  const name = shorten(offering.name);
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={3}>
      <Typography tag="p" role="alert" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {text(isPicked ? 'relatedOfferings.new.existsPicked' : 'relatedOfferings.new.exists', { name })}
      </Typography>
      <OfferingFacts {...offering} />
      <Flex gap={2} paddingTop={3} wrap="wrap">
        <Button ref={use} size="S" disabled={isSaving} onClick={onUse}>
          {text('relatedOfferings.new.use')}
        </Button>
        <Button size="S" variant="tertiary" loading={isSaving} onClick={onInsist}>
          {text('relatedOfferings.new.insist')}
        </Button>
      </Flex>
    </Box>
  );
};
