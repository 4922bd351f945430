import { styled } from 'styled-components';

const Clamped = styled.span`
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  overflow-wrap: anywhere;
`;

/** A name in two lines at most, however long somebody made it; whole to screen readers and to who points at it. */
export const TwoLines = ({ children }: { children: string }) => <Clamped title={children}>{children}</Clamped>;
