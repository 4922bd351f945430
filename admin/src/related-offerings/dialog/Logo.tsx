import { Box, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';

import type { Offering } from '../../../../server/src/contracts/picker';

const Picture = styled.img`
  display: block;
  width: 100%;
  height: 100%;
  object-fit: contain;
`;

/** Uploads on Strapi's own disk have a path, those elsewhere an address. */
const addressOf = (url: string) => (url.startsWith('/') ? `${(window.strapi as unknown as { backendURL: string }).backendURL}${url}` : url);

/** An offering's logo, or its first letter where it has none. Decoration: the name stands beside it. */
export const Logo = ({ offering: { logo, name }, size }: { offering: Pick<Offering, 'logo' | 'name'>; size: string }) => {
  const [broken, setBroken] = useState<string>();
  return (
    <Box flex="none" width={size} height={size} hasRadius overflow="hidden" background="neutral150" borderColor="neutral200" aria-hidden>
      {logo && logo.url !== broken ? (
        <Picture src={addressOf(logo.url)} alt="" loading="lazy" onError={() => setBroken(logo.url)} />
      ) : (
        <Flex width="100%" height="100%" justifyContent="center">
          <Typography fontWeight="bold" textColor="neutral600">
            {name.slice(0, 1).toUpperCase()}
          </Typography>
        </Flex>
      )}
    </Box>
  );
};
