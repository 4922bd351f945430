const WIDTH = 24;
const LINE_EVERY = 10_000;
const DRAW_EVERY = 100;

const left = (seconds: number): string => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);

/**
 * Shows how far a run is: on a terminal a bar with rate and time left, elsewhere a line now and then. On standard error.
 */
export const createProgress = ({ quiet = false } = {}): ((done: number, total: number, what: string) => void) & { end(): void } => {
  const isTerminal = Boolean(process.stderr.isTTY);
  let part = '';
  let started = 0;
  let shown = 0;
  let isDrawn = false;

  const clear = () => {
    if (isDrawn) process.stderr.write('\r\u001b[2K');
    isDrawn = false;
  };
  const show = (done: number, total: number, what: string) => {
    const now = performance.now();
    if (what !== part) [part, started, shown] = [what, now, isTerminal ? 0 : now];
    const isLast = done === total;
    if (quiet || (now - shown < (isTerminal ? DRAW_EVERY : LINE_EVERY) && !(isTerminal && isLast))) return;
    shown = now;
    const seconds = (now - started) / 1000;
    const rate = seconds > 0 ? done / seconds : 0;
    const rest = rate > 0 && !isLast ? `, ${left((total - done) / rate)} left` : '';
    const speed = rate >= 1 ? `, ${Math.round(rate).toLocaleString('en-US')}/s` : '';
    const text = `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${what}${speed}${rest}`;
    if (!isTerminal) {
      process.stderr.write(`${text}\n`);
      return;
    }
    clear();
    const filled = Math.round((done / Math.max(1, total)) * WIDTH);
    process.stderr.write(`${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${text}`);
    isDrawn = true;
  };
  return Object.assign(show, { end: clear });
};
