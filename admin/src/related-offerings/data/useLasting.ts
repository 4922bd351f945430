import { useEffect, useState } from 'react';

/** Whether something has been so for so many milliseconds: what is over at once need not be shown, and would only flicker. */
export const useLasting = (is: boolean, milliseconds: number): boolean => {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!is) return undefined;
    const timer = setTimeout(() => setHasLasted(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setHasLasted(false);
    };
  }, [is, milliseconds]);
  return is && hasLasted;
};
