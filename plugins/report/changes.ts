import { createColors } from 'picocolors';
import type { Diagnostic } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';
import type { Unverified } from '../source/index.ts';
import { block, where } from './block.ts';
import { conciseLine } from './concise.ts';
import { visible } from './frame.ts';
import { summary } from './summary-line.ts';
import type { ReporterIo } from './types.ts';
import { unverifiedWords } from './unverified-lines.ts';

/**
 * What is otherwise than in the report before, for whoever watches while they write: faults that came, whole;
 * those that went, a line each, with what has become of them; what is verified no more, or again. Empty where
 * nothing is.
 */
export function changes(before: Report, after: Report, io: ReporterIo): string {
  const { green } = createColors(io.color);
  const came = without(after.diagnostics, before.diagnostics, faultKey);
  const went = without(before.diagnostics, after.diagnostics, faultKey);
  const opened = without(after.unverified, before.unverified, unverifiedKey);
  const settled = without(before.unverified, after.unverified, unverifiedKey);
  if (came.length + went.length + opened.length + settled.length === 0) return '';
  const sections = [
    ...came.slice(0, mostFaults).map((one) => block(one, io)),
    came.length > mostFaults ? `… and ${came.length - mostFaults} more faults` : '',
    lines(went, (one) => {
      const become = becomeOf(one, before, after);
      return `${become === 'mended' ? green(become) : become} ${conciseLine(one)}`;
    }),
    lines(opened, (one) => `not verified any more: ${unverifiedWords(one)}${placeWords(one)}`),
    lines(settled, (one) => `${green('known now')} ${visible(one.what)}${placeWords(one)}`),
    summary(after, io.color),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function lines<T>(some: readonly T[], line: (one: T) => string): string {
  const more = some.length > mostLines ? [`… and ${some.length - mostLines} more`] : [];
  return [...some.slice(0, mostLines).map(line), ...more].join('\n');
}

function placeWords({ origin }: Unverified): string {
  return origin ? ` (${visible(where(origin))})` : '';
}

/** What nobody can tell any more, as a chart is broken, was not mended; nor was what went with its page. */
function becomeOf({ page, fingerprint }: Diagnostic, before: Report, after: Report): string {
  if (page === null) return 'mended';
  const casesOf = ({ pages }: Report) => pages.find(({ file }) => file === page.file)?.cases;
  const now = casesOf(after);
  if (now === undefined) return 'gone with its page:';
  const of = casesOf(before)?.find(({ fingerprints }) => fingerprints.includes(fingerprint));
  const isOpen = now.some(
    ({ type, name, outcome }) => type === of?.type && name === of.name && outcome === 'unverified',
  );
  return isOpen ? 'not verified any more:' : 'mended';
}

/** A fault that says something else than before is another. Where it stands on its page is none of it. */
function faultKey({ fingerprint, message, expected, actual }: Diagnostic): string {
  return JSON.stringify([fingerprint, message, expected, actual]);
}

function unverifiedKey({ kind, what, why }: Unverified): string {
  return JSON.stringify([kind, what, why]);
}

function without<T>(some: readonly T[], others: readonly T[], key: (one: T) => string): T[] {
  const known = new Set(others.map(key));
  return some.filter((one) => !known.has(key(one)));
}

const mostFaults = 20;
const mostLines = 10;
