import { useState } from 'react';
import { styled } from 'styled-components';

import type { Offering } from '../../../../server/src/contracts/picker';

const Frame = styled.div`
  display: flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 4.4rem;
  height: 4.4rem;
  overflow: hidden;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral150};
  color: ${({ theme }) => theme.colors.neutral600};
  font-weight: ${({ theme }) => theme.fontWeights.bold};

  img {
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
`;

/** Uploads on Strapi's own disk have a path, those elsewhere an address. */
const addressOf = (url: string) => (url.startsWith('/') ? `${(window.strapi as unknown as { backendURL: string }).backendURL}${url}` : url);

/** An offering's logo, or its first letter where it has none. Decoration: the name stands beside it. */
export const Logo = ({ logo, name }: Pick<Offering, 'logo' | 'name'>) => {
  const [broken, setBroken] = useState<string>();
  return (
    <Frame aria-hidden>
      {logo && logo.url !== broken ? (
        <img src={addressOf(logo.url)} alt="" loading="lazy" onError={() => setBroken(logo.url)} />
      ) : (
        name.slice(0, 1).toUpperCase()
      )}
    </Frame>
  );
};
