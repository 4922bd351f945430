/** Remembers its newest answer: a file of which there is much to tell is asked about again and again, and then the next one. */
export const rememberLast = <Key, Answer>(make: (key: Key) => Answer): ((key: Key) => Answer) => {
  let last: { key: Key; answer: Answer } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, answer: make(key) };
    return last.answer;
  };
};
