import { styled } from 'styled-components';

const Mark = styled.mark`
  background: ${({ theme }) => theme.colors.warning200};
  border-radius: 2px;
  color: inherit;
`;

/** A text with the words marked that a search found in it. */
export const Marked = ({ text, ranges = [] }: { text: string; ranges?: [number, number][] }) => {
  if (ranges.length === 0) return <>{text}</>;
  const ends = [0, ...ranges.map(([, end]) => end)];
  return (
    <>
      {ranges.map(([start, end], at) => (
        <span key={start}>
          {text.slice(ends[at], start)}
          <Mark>{text.slice(start, end)}</Mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
};
