import { createColors } from 'picocolors';
import type { Diagnostic, DiagnosticSource, Place, Unverified } from '../source/index.ts';
import { frame, visible } from './frame.ts';
import type { Checked, Report, ReporterIo } from './types.ts';

/** For people: both sides of every fault as code frames, what was expected and found, how to mend it; then what was checked. */
export function pretty(report: Report, io: ReporterIo): string {
  const colors = createColors(io.color);
  const blocks = report.diagnostics.map((diagnostic) => block(diagnostic, io, colors));
  return `${[...blocks, summary(report, colors)].join('\n\n')}\n`;
}

function block(diagnostic: Diagnostic, io: ReporterIo, colors: Colors): string {
  const tint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[diagnostic.severity];
  const lines = [
    `${tint(colors.bold(`${diagnostic.severity}[${diagnostic.rule}]`))}: ${colors.bold(visible(diagnostic.message))}`,
  ];
  if (diagnostic.page) lines.push(...side(diagnostic.page, '', '^', '', io, colors));
  const framed = framedSources(diagnostic);
  for (const source of framed) lines.push(...side(source, describe(source), '-', source.role, io, colors));
  for (const source of diagnostic.sources.slice(framed.length)) {
    lines.push(
      `  ${colors.cyan(where(source))}   ${[source.resource, source.role].filter(Boolean).join(', ')}`,
    );
  }
  const field = (name: string, value: string) =>
    lines.push(`  ${colors.dim(name.padEnd(9))} ${visible(value)}`);
  if (diagnostic.expected !== null) field('expected', diagnostic.expected);
  if (diagnostic.actual !== null) field('found', diagnostic.actual);
  const origins = framed.filter((source) => source.via.length > 0).map(origin);
  for (const line of new Set(origins)) field('origin', line);
  if (diagnostic.help !== null) field('help', diagnostic.help);
  else if (diagnostic.candidates.length > 0) field('nearest', diagnostic.candidates.join(', '));
  return lines.join('\n');
}

/** Frames for the first few places; a place that is told twice is framed once. */
function framedSources({ page, sources }: Diagnostic): DiagnosticSource[] {
  return sources.slice(0, page ? maximumFrames : maximumFrames + 1);
}

function side(
  place: Place,
  title: string,
  mark: '^' | '-',
  label: string,
  io: ReporterIo,
  colors: Colors,
): string[] {
  const lines = [`  ${colors.cyan(where(place))}${title === '' ? '' : `   ${visible(title)}`}`];
  const text = place.file === '' ? undefined : io.text(place.file);
  if (text === undefined) return lines;
  for (const line of frame(place, text, { mark, label: visible(label) })) {
    const shown = line.marks ? (mark === '^' ? colors.red(line.text) : colors.blue(line.text)) : line.text;
    lines.push(`  ${colors.dim(`${line.number} │`)} ${shown}`);
  }
  return lines;
}

function describe(source: DiagnosticSource): string {
  return [source.resource, source.path].filter((part) => part !== null && part !== '').join(', ');
}

function where(place: Place): string {
  return `${visible(place.file)}:${place.line}:${place.column}`;
}

function origin(source: DiagnosticSource): string {
  return source.via.map((via) => `${via.file}:${via.line} (${via.what})`).join(' ← ');
}

/** `142 claims, 31 diagrams, 18 tables on 12 pages: 3 failed, 1 warning; 4 could not be verified`. */
function summary({ checked, diagnostics, unverified }: Report, colors: Colors): string {
  const counts = Object.entries(nouns).flatMap(([key, [one, many]]) => {
    const count = checked[key as keyof Checked];
    return count > 0 ? [`${count} ${count === 1 ? one : many}`] : [];
  });
  const pages = checked.pages === 0 ? 'no pages' : `${checked.pages} page${checked.pages === 1 ? '' : 's'}`;
  const what =
    counts.length > 0
      ? `${counts.join(', ')} on ${pages}`
      : checked.pages === 0
        ? pages
        : `${pages}, with nothing to check on ${checked.pages === 1 ? 'it' : 'them'}`;
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning').length;
  const notes = diagnostics.length - errors - warnings;
  const verdict = [
    errors > 0
      ? colors.red(`${errors} failed`)
      : colors.green(counts.length > 0 ? 'all true' : 'nothing failed'),
    ...(warnings > 0 ? [colors.yellow(`${warnings} warning${warnings === 1 ? '' : 's'}`)] : []),
    ...(notes > 0 ? [`${notes} note${notes === 1 ? '' : 's'}`] : []),
  ].join(', ');
  return `${unverifiedList(unverified, colors)}${what}: ${verdict}${unverified.length > 0 ? `; ${unverified.length} could not be verified` : ''}`;
}

function unverifiedList(unverified: Unverified[], colors: Colors): string {
  if (unverified.length === 0) return '';
  const shown = unverified.slice(0, maximumUnverified).map(({ what, why, origin: place }) => {
    return `  ${visible(what)}: ${visible(why)}${place ? ` ${colors.dim(`(${where(place)})`)}` : ''}`;
  });
  const more = unverified.length - shown.length;
  const rest = more > 0 ? [`  … and ${more} more`] : [];
  return `${['not verified:', ...shown, ...rest].join('\n')}\n\n`;
}

const nouns: Record<Exclude<keyof Checked, 'pages'>, [string, string]> = {
  claims: ['claim', 'claims'],
  facts: ['fact', 'facts'],
  diagrams: ['diagram', 'diagrams'],
  tables: ['table', 'tables'],
  paths: ['path', 'paths'],
  references: ['reference', 'references'],
  excerpts: ['excerpt', 'excerpts'],
  commands: ['command', 'commands'],
  links: ['link', 'links'],
};

const maximumFrames = 3;
const maximumUnverified = 10;

type Colors = ReturnType<typeof createColors>;
