import { styled } from 'styled-components';

import type { Offering } from '../../../../server/src/contracts/picker';
import { useText } from '../../texts/useText';

/**
 * One styled element for all of it: a list that is scrolled shows hundreds of these a second. The dot tells the status to the eye that runs
 * down the list; the word beside it says the same.
 */
const Facts = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 0 ${({ theme }) => theme.spaces[2]};
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: ${({ theme }) => theme.lineHeights[3]};

  [data-status] {
    display: flex;
    align-items: center;
    gap: ${({ theme }) => theme.spaces[1]};
  }

  [data-status]::before {
    flex: none;
    width: ${({ theme }) => theme.spaces[2]};
    height: ${({ theme }) => theme.spaces[2]};
    border-radius: 50%;
    background: ${({ theme }) => theme.colors.success500};
    content: '';
  }

  [data-status='pending']::before {
    background: ${({ theme }) => theme.colors.warning500};
  }

  [data-status='archived']::before {
    background: ${({ theme }) => theme.colors.danger500};
  }

  [data-status='archived'] {
    color: ${({ theme }) => theme.colors.danger600};
  }
`;

/** An offering's type and status, in one line. */
export const OfferingFacts = ({ type, editorialStatus }: Pick<Offering, 'type' | 'editorialStatus'>) => {
  const text = useText();
  if (!type && !editorialStatus) return null;
  return (
    <Facts>
      {type && <span>{text(`relatedOfferings.type.${type}`)}</span>}
      {editorialStatus && <span data-status={editorialStatus}>{text(`relatedOfferings.status.${editorialStatus}`)}</span>}
    </Facts>
  );
};
