import type { Diagnostic } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';
import type { Severity } from '../source/index.ts';
import { conciseLine } from './concise.ts';
import { visible } from './frame.ts';
import { summary } from './summary-line.ts';
import type { ReporterIo } from './types.ts';
import { unverifiedWords } from './unverified-lines.ts';

/**
 * Annotations of GitHub Actions (workflow commands), and the log for the rest. GitHub shows ten errors, ten
 * warnings and ten notices a step: those on files that the change touches come first, what is beyond stands
 * in the log as plain lines. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function github(report: Report, io: ReporterIo): string {
  const { annotated, spilled } = planned(report, io);
  const lines = [
    ...annotated.map((diagnostic) => annotation(diagnostic, io)),
    ...unverifiedNotice(report),
    ...goneError(report),
    ...spilled.map((diagnostic) => logLine(conciseLine(diagnostic, io.path))),
    logLine(summary(report)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Faults in the order of their weight: those on touched files first, in each kind as the report has them. */
export function planned({ diagnostics, unverified, baseline }: Report, io: ReporterIo): Plan {
  const weight = (diagnostic: Diagnostic) =>
    filesOf(diagnostic, io).some((file) => io.touched?.has(file)) ? 0 : 1;
  const ordered = diagnostics.toSorted((a, b) => weight(a) - weight(b));
  // One error and one notice are ours, where there is something to say with them.
  const left: Record<Severity, number> = {
    error: maximum - ((baseline?.gone.length ?? 0) > 0 ? 1 : 0),
    warning: maximum,
    info: maximum - (unverified.length > 0 ? 1 : 0),
  };
  const plan: Plan = { annotated: [], spilled: [] };
  for (const diagnostic of ordered) {
    const isShown = left[diagnostic.severity] > 0;
    left[diagnostic.severity] -= 1;
    plan[isShown ? 'annotated' : 'spilled'].push(diagnostic);
  }
  return plan;
}

/**
 * Without a line GitHub shows nothing beside the files; the place is said again, as properties do not reach
 * the log.
 */
function annotation(diagnostic: Diagnostic, io: ReporterIo): string {
  const { page, sources, severity, rule, message, expected, actual, help } = diagnostic;
  const place = page ?? sources[0];
  const others = page ? sources : sources.slice(1);
  const pathOf = (file: string) => io.path?.(file) ?? file;
  const text = [
    `${place ? `${pathOf(place.file)}:${place.line}:${place.column}: ` : ''}${message}`,
    ...(expected === null ? [] : [`expected: ${expected}`]),
    ...(actual === null ? [] : [`found: ${actual}`]),
    ...others
      .slice(0, 3)
      .map((source) => `see: ${pathOf(source.file)}:${source.line} ${source.resource ?? ''}`.trimEnd()),
    ...(help === null ? [] : [`help: ${help}`]),
  ].map(visible);
  const at = place
    ? {
        file: pathOf(place.file),
        line: place.line,
        endLine: place.endLine,
        // Columns mean something to GitHub only within one line.
        ...(place.line === place.endLine ? { col: place.column, endColumn: place.endColumn } : {}),
      }
    : {};
  return command(commands[severity], { ...at, title: rule }, text.join('\n'));
}

/** What could not be verified is one notice, so that it takes the place of one. */
function unverifiedNotice({ unverified }: Report): string[] {
  if (unverified.length === 0) return [];
  const shown = unverified.slice(0, maximum).map(unverifiedWords);
  const more = unverified.length - shown.length;
  const head = `${unverified.length} could not be verified, and nothing is said of them:`;
  const text = [head, ...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
  return [command('notice', { title: 'not verified' }, text)];
}

function goneError({ baseline }: Report): string[] {
  if (!baseline || baseline.gone.length === 0) return [];
  const listed = baseline.gone
    .slice(0, maximum)
    .map(({ file, message }) => visible(`${file ?? ''}: ${message}`));
  const head = `${visible(baseline.file)} lists faults that are mended; drop them with --update-baseline:`;
  return [command('error', { title: 'baseline' }, [head, ...listed].join('\n'))];
}

function command(name: string, properties: Record<string, string | number>, data: string): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name}${given.length > 0 ? ` ${given.join(',')}` : ''}::${escapeData(data)}`;
}

/** `toCommandValue` and `escapeProperty` of GitHub's own toolkit. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The runner takes a line for a command that begins with `::`, or that has the older `##[` anywhere. */
function logLine(text: string): string {
  return text.replace(/^\s*::/, '· ::').replaceAll('##[', '## [');
}

function filesOf({ page, sources }: Diagnostic, io: ReporterIo): string[] {
  return [...(page ? [page] : []), ...sources].map(({ file }) => io.path?.(file) ?? file);
}

const commands: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** Of each kind a step. */
const maximum = 10;

interface Plan {
  annotated: Diagnostic[];
  spilled: Diagnostic[];
}
