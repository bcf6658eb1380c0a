import { createColors } from 'picocolors';
import { firstOf } from '../base/index.ts';
import type { Diagnostic } from '../checks/index.ts';
import type { DiagnosticSource, Place } from '../source/index.ts';
import { frame, visible } from './frame.ts';
import type { ReporterIo } from './types.ts';

/**
 * One fault for people: both sides as code frames, what was expected and found, how to mend it. Without its
 * last line break; `others` are resources that it also holds for.
 */
export function block(diagnostic: Diagnostic, io: ReporterIo, others: string[] = []): string {
  const colors = createColors(io.color);
  const tint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[diagnostic.severity];
  const lines = [
    `${tint(colors.bold(`${diagnostic.severity}[${diagnostic.rule}]`))}: ${colors.bold(visible(diagnostic.message))}`,
  ];
  if (diagnostic.page) lines.push(...side(diagnostic.page, '', '^', '', io, colors));
  const framed = framedSources(diagnostic);
  for (const source of framed) lines.push(...side(source, describe(source), '-', source.role, io, colors));
  for (const source of diagnostic.sources.slice(framed.length)) {
    const what = [source.resource, source.role].filter(Boolean).join(', ');
    lines.push(`  ${colors.cyan(where(source))}   ${visible(what)}`);
  }
  const field = (name: string, value: string) =>
    lines.push(`  ${colors.dim(name.padEnd(9))} ${visible(value)}`);
  if (diagnostic.expected !== null) field('expected', diagnostic.expected);
  if (diagnostic.actual !== null) field('found', diagnostic.actual);
  if (others.length > 0) field('also', firstOf(others, maximumOthers));
  // Of the first side alone: the ways of all the others would bury it.
  const main = framed.find((source) => source.via.length > 0);
  if (main) field('origin', origin(main));
  const help = [diagnostic.help, mendedBy(diagnostic)].filter((part) => part !== null).join('  ');
  if (help !== '') field('help', help);
  else if (diagnostic.candidates.length > 0) field('nearest', diagnostic.candidates.join(', '));
  const page = io.ruleUrl ? `  ${io.ruleUrl(diagnostic.rule)}` : '';
  field('more', `plumbline explain ${diagnostic.rule}${page}`);
  return lines.join('\n');
}

/** The command that mends a page, where its fault says the replacement. */
function mendedBy({ page, fix }: Diagnostic): string | null {
  if (!fix || !page) return null;
  // To a shell a name of other characters is a word only between quotes.
  const file = /^[\w./@+-]+$/.test(page.file) ? page.file : `'${page.file.replaceAll("'", "'\\''")}'`;
  return `\`plumbline fix ${file}\``;
}

/** `docs/events.md:42:5`. */
export function where(place: Place): string {
  return `${visible(place.file)}:${place.line}:${place.column}`;
}

/** Resource and path of a manifest's side: `Sensor/ci-push, spec.triggers[0]`. */
export function describe(source: DiagnosticSource): string {
  return [source.resource, source.path].filter((part) => part !== null && part !== '').join(', ');
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
  colors: ReturnType<typeof createColors>,
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

function origin(source: DiagnosticSource): string {
  return source.via.map((via) => `${via.file}:${via.line} (${via.what})`).join(' ← ');
}

const maximumFrames = 3;
const maximumOthers = 8;
