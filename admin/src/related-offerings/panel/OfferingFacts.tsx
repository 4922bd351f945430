import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { Offering } from '../../../../server/src/contracts/picker';
import { useText } from '../../texts/useText';

type Status = NonNullable<Offering['editorialStatus']>;

const COLORS = { approved: 'success500', pending: 'warning500', archived: 'danger500' } as const;

/** The status as a colour, for the eye that runs down a list; the word beside it says the same. */
const Dot = styled.span<{ $status: Status }>`
  flex: none;
  width: ${({ theme }) => theme.spaces[2]};
  height: ${({ theme }) => theme.spaces[2]};
  border-radius: 50%;
  background: ${({ theme, $status }) => theme.colors[COLORS[$status]]};
`;

/** An offering's type and status, in one line. */
export const OfferingFacts = ({ type, editorialStatus }: Pick<Offering, 'type' | 'editorialStatus'>) => {
  const text = useText();
  if (!type && !editorialStatus) return null;
  return (
    <Flex gap={2} wrap="wrap">
      {type && (
        <Typography variant="pi" textColor="neutral600">
          {text(`relatedOfferings.type.${type}`)}
        </Typography>
      )}
      {editorialStatus && (
        <Flex gap={1}>
          <Dot $status={editorialStatus} />
          <Typography variant="pi" textColor={editorialStatus === 'archived' ? 'danger600' : 'neutral600'}>
            {text(`relatedOfferings.status.${editorialStatus}`)}
          </Typography>
        </Flex>
      )}
    </Flex>
  );
};
