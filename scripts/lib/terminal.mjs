// The whole module: a named import of styleText, which came with 20.12, would end an older Node with a syntax error.
import util from 'node:util';

const { stripVTControlCharacters, styleText } = util;
const { stdout } = process;
const coloured = stdout.isTTY && !process.env.NO_COLOR;

export const paint = (style, text) => (coloured && styleText ? styleText(style, text) : text);

export const say = (text = '') => stdout.write(`${text}\n`);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** What ends a script with a sentence for a person instead of a stack. */
export class Stop extends Error {}

/**
 * Announces a piece of work, does it, and tells how long it took.
 *
 * @param {string} title what is done, and how long it takes as a rule
 * @param {() => Promise<string | undefined>} work may answer with what came of it
 */
export const step = async (title, work) => {
  const start = performance.now();
  say(`${paint('cyan', '▸')} ${title}`);
  try {
    const outcome = await work();
    say(`  ${paint('green', '✓')} ${outcome ?? 'done'} ${paint('dim', `(${seconds(start)})`)}`);
  } catch (error) {
    say(`  ${paint('red', '✗')} failed ${paint('dim', `(${seconds(start)})`)}`);
    throw error;
  }
};

/** A frame around lines, as wide as the longest. */
export const box = (lines) => {
  const width = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const edge = (left, right) => paint('cyan', `${left}${'─'.repeat(width + 2)}${right}`);
  const side = paint('cyan', '│');
  const row = (line) => `${side} ${line}${' '.repeat(width - stripVTControlCharacters(line).length)} ${side}`;
  return [edge('╭', '╮'), ...lines.map(row), edge('╰', '╯')].join('\n');
};

/** Runs a script to its end; a Stop is told in its own words, anything else with its stack. Both leave exit code 1. */
export const main = async (run) => {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Stop ? `\n${paint('red', error.message)}` : error);
    process.exitCode = 1;
  }
};
