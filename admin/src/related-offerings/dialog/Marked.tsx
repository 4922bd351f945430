/** A text with the words marked that a search found in it. */
export const Marked = ({ text, ranges = [] }: { text: string; ranges?: [number, number][] }) => {
  if (ranges.length === 0) return <>{text}</>;
  const ends = [0, ...ranges.map(([, end]) => end)];
  return (
    <>
      {ranges.map(([start, end], at) => (
        <span key={start}>
          {text.slice(ends[at], start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
};
