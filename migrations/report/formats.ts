import nodePath from 'node:path';

import { RULES, type Problem } from '../source/problem';
import { jsonPieces } from './json-pieces';
import { uncoloured } from './printable';
import type { Report } from './report';
import { toText } from './text';

/** The operations of a plan stand last, and one by one. */
function* toDocument(report: object, space: number): Generator<string> {
  const { operations, ...head } = report as { operations?: Iterable<unknown> };
  if (operations) yield* jsonPieces(head, 'operations', operations, space);
  else yield JSON.stringify(head, null, space);
  yield '\n';
}

/** One line a problem, and the counts last. */
function* toNdjson({ problems, ...rest }: Report): Generator<string> {
  for (const each of problems) yield `${JSON.stringify(each)}\n`;
  yield* toDocument(rest, 0);
}

const escapeData = (text: string): string => uncoloured(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** Workflow commands: GitHub shows each problem at its line of the pull request. */
const toGithub = ({ problems }: Report): string =>
  problems
    .map(({ severity, file, line, column, rule, message, remedy }) => {
      const place = `file=${escapeProperty(file)},line=${line},col=${column},title=${escapeProperty(rule)}`;
      return `::${severity} ${place}::${escapeData(`${message} ${remedy}`)}\n`;
    })
    .join('');

/** A path as a relative address, in which none of its characters begins another part. */
const addressOf = (file: string): string => encodeURI(file).replace(/[#?:]/g, encodeURIComponent);

/** SARIF 2.1.0 (OASIS), as code scanning takes it. */
const toSarif = ({ problems }: Report): string => {
  const used = [...new Set(problems.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'curation', rules: used.map((id) => ({ id, help: { text: RULES[id].remedy } })) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map(({ rule, severity, message, file, line, column }) => ({
          ruleId: rule,
          level: severity,
          message: { text: message },
          locations: [
            { physicalLocation: { artifactLocation: { uri: addressOf(file) }, region: { startLine: line, startColumn: column } } },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/[^\t\n\r\x20-\uFFFD]/g, '');

/** JUnit's XML: a test case for each file with a problem, failed where the problem is an error. */
const toJunit = ({ problems }: Report): string => {
  const files = new Map<string, Problem[]>();
  for (const each of problems) files.set(each.file, [...(files.get(each.file) ?? []), each]);
  const cases = [...files].map(([file, found]) => {
    const lines = found.map(({ severity, rule, message, line, column }) => {
      const text = escapeXml(`${file}:${line}:${column} ${message}`);
      return severity === 'error'
        ? `      <failure type="${rule}" message="${escapeXml(message)}">${text}</failure>`
        : `      <system-out>${text}</system-out>`;
    });
    return [`    <testcase name="${escapeXml(file)}" classname="curation">`, ...lines, '    </testcase>'].join('\n');
  });
  const failures = [...files.values()].filter((found) => found.some(({ severity }) => severity === 'error')).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${files.size}" failures="${failures}">`,
    `  <testsuite name="curation" tests="${files.size}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

export const FORMATS = ['text', 'json', 'ndjson', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];

export interface TextOptions {
  color: boolean;
  /** In words, every warning instead of the first few of each rule. */
  verbose?: boolean;
  /** Where the files of the problems are, absolute. */
  folder?: string;
  /** Where the command was run, absolute; without it, where the process is. */
  from?: string;
}

/**
 * The problems with files as a repository names them, which is how GitHub and code scanning find them. A workflow runs in the repository's own
 * folder, and tells where it is.
 */
const inRepository = (report: Report, { folder, from = process.cwd() }: TextOptions): Report => {
  const way = folder === undefined ? '' : nodePath.relative(process.env.GITHUB_WORKSPACE || from, folder);
  if (way === '' || way.startsWith('..') || nodePath.isAbsolute(way)) return report;
  const start = way.split(nodePath.sep).join('/');
  return { ...report, problems: report.problems.map((each) => ({ ...each, file: `${start}/${each.file}` })) };
};

/** A report, written out, in pieces: that of a large plan is longer than a string can be. */
export const formatReport = (report: Report, format: Format, options: TextOptions): Iterable<string> => {
  switch (format) {
    case 'json':
      return toDocument(report, 2);
    case 'ndjson':
      return toNdjson(report);
    case 'sarif':
      return [toSarif(inRepository(report, options))];
    case 'junit':
      return [toJunit(report)];
    case 'github':
      return [toGithub(inRepository(report, options))];
    default:
      return toText(report, options);
  }
};
