import { ArrowClockwise } from '@strapi/icons';
import { keyframes, styled } from 'styled-components';

const turn = keyframes`
  to {
    transform: rotate(360deg);
  }
`;

const Icon = styled(ArrowClockwise)`
  flex: none;
  animation: ${turn} 1s linear infinite;

  @media (prefers-reduced-motion: reduce) {
    animation: none;
  }
`;

/** Something is under way. The design system's own is an alert to screen readers, and three times as high as a line. */
export const Spinner = () => <Icon width="1.2rem" height="1.2rem" fill="neutral600" aria-hidden />;
