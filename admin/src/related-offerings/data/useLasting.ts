import { useEffect, useState } from 'react';

/** Most answers are there before it would be seen that they are on their way. */
const LONG = 250;

/** Whether something has been so for a while: what is over at once need not be shown, and would only flicker. */
export const useLasting = (is: boolean): boolean => {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!is) return undefined;
    const timer = setTimeout(() => setHasLasted(true), LONG);
    return () => {
      clearTimeout(timer);
      setHasLasted(false);
    };
  }, [is]);
  return is && hasLasted;
};
