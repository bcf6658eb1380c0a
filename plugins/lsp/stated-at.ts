import type { StatementType, Verdict } from '../checks/index.ts';
import { isVerdictOf } from '../checks/index.ts';
import type { Engine, PageReport } from '../engine/index.ts';
import { waveWords } from '../engine/index.ts';
import type { Resource } from '../model/index.ts';
import type { Place } from '../source/index.ts';
import { type Cursor, holds } from './ranges.ts';

/** The innermost statement of a page that holds the cursor. */
export function statedAt(report: PageReport, at: Cursor): Verdict | undefined {
  const lines = ({ statement: { place } }: Verdict) =>
    (place.endLine - place.line) * 10_000 + place.endColumn - place.column;
  return report.verdicts
    .filter(({ statement }) => holds(statement.place, at))
    .sort((a, b) => lines(a) - lines(b))[0];
}

/** The resource that a link of D2 names on the cursor's line. */
export function linkedResource(line: string, at: Cursor, engine: Engine): Resource | undefined {
  for (const match of line.matchAll(/gitops:([^"'\s})\]]+)/g)) {
    const end = match.index + match[0].length;
    if (at.character >= match.index && at.character <= end) return byReference(match[1] ?? '', engine);
  }
  return undefined;
}

function byReference(text: string, { platform }: Engine): Resource | undefined {
  const found = platform.resolveReference(text);
  return found.ok ? found.resource : undefined;
}

/** A resource in a few lines of Markdown: what it is, who deploys it, when, and its line. */
export function resourceText(resource: Resource, { platform }: Engine): string {
  const { origin, application, kustomization, helmRelease } = resource;
  const deployer = application ?? kustomization ?? helmRelease;
  return [
    `**${platform.referenceOf(resource)}**, \`${resource.apiVersion}\``,
    ...(resource.namespace === null ? [] : [`namespace \`${resource.namespace}\``]),
    ...(deployer === null
      ? [`of the layer \`${resource.layer}\`, deployed by nothing that is known`]
      : [`deployed by \`${deployer}\``, waveWords(resource)]),
    `\`${origin.file}:${origin.line}\``,
  ].join('  \n');
}

/** What is known of a statement, as Markdown; undefined where its own text says it all. */
export function statementText(verdict: Verdict, engine: Engine): string | undefined {
  const outcome = outcomes[verdict.outcome];
  const lines = [
    isVerdictOf(verdict, 'reference') && verdict.result ? resourceText(verdict.result.resource, engine) : '',
    isVerdictOf(verdict, 'fact') && verdict.result ? `the manifests say \`${verdict.result.text}\`` : '',
    isVerdictOf(verdict, 'claim') && verdict.result ? lookedAt(verdict.result) : '',
    isVerdictOf(verdict, 'path') && verdict.result ? filesText(verdict.result.files) : '',
    isVerdictOf(verdict, 'link') && verdict.result ? `leads to \`${verdict.result.target}\`` : '',
    ...verdict.unverified.map(({ what, why }) => `- ${what}: ${why}`),
  ].filter((line) => line !== '');
  if (verdict.outcome === 'true' && quiet.has(verdict.statement.type)) return lines.join('\n\n') || undefined;
  return [`**${outcome}**`, ...lines].join('\n\n');
}

function lookedAt({ looked, total }: { looked: string[]; total: number }): string {
  const more = total > looked.length ? ` and ${total - looked.length} more` : '';
  return total === 0 ? '' : `looked at ${looked.map((one) => `\`${one}\``).join(', ')}${more}`;
}

function filesText(files: readonly string[]): string {
  const shown = files.slice(0, 10).map((file) => `- \`${file}\``);
  const more = files.length > 10 ? [`- and ${files.length - 10} more`] : [];
  return [...shown, ...more].join('\n');
}

/** Where what a statement speaks of is written. */
export function placesOf(verdict: Verdict): Place[] {
  if (isVerdictOf(verdict, 'reference')) return verdict.result ? [verdict.result.resource.origin] : [];
  if (isVerdictOf(verdict, 'path'))
    return (verdict.result?.files ?? []).slice(0, mostPlaces).map((file) => firstLine(file));
  if (isVerdictOf(verdict, 'excerpt')) return verdict.result ? [verdict.result.source] : [];
  if (isVerdictOf(verdict, 'link')) return verdict.result ? [firstLine(verdict.result.target)] : [];
  if (isVerdictOf(verdict, 'fact')) return (verdict.result?.sources ?? []).slice(0, mostPlaces);
  return verdict.diagnostics.flatMap(({ sources }) => sources).slice(0, mostPlaces);
}

function firstLine(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

const outcomes: Record<Verdict['outcome'], string> = {
  true: 'verified',
  false: 'not so',
  unverified: 'not verified',
  invalid: 'makes no sense as it is written',
};

/** Kinds whose truth is shown by what they lead to. */
const quiet = new Set<StatementType>(['reference', 'path', 'link']);

/** An editor lists them. */
const mostPlaces = 100;
