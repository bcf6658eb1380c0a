import { readFileSync } from 'node:fs';
import { asText, isObject, type JsonObject, textAt } from '../../base/index.ts';
import { redactInPlace } from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import type { Origin, RenderedObject } from '../types.ts';
import { type Chart, firstLine } from './chart.ts';
import { valuesOf } from './engine-values.ts';

/**
 * Helm's output as objects, each at the template that it says it comes from. Values of Secrets are dropped
 * before anything is kept. Undefined where it is no YAML of objects.
 */
export function readTemplates(
  text: string,
  chart: Chart,
  repository: Repository,
): RenderedObject[] | undefined {
  const objects: RenderedObject[] = [];
  for (const part of text.split(/^---\s*\n/m)) {
    const source = part.match(/^# Source: (\S+)/m)?.[1];
    const values = valuesOf(part);
    if (values === undefined) return undefined;
    for (const value of values) {
      if (!isObject(value)) continue;
      redactInPlace(value);
      for (const member of membersOf(value))
        objects.push({ value: member, origin: originOf(source, member, chart, repository) });
    }
  }
  return objects;
}

function membersOf(value: JsonObject): JsonObject[] {
  const { kind, items } = value;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)
    ? items.filter(isObject)
    : [value];
}

/** The file of the repository for a name of Helm's, such as `shop/charts/db/templates/x.yaml`. */
export function fileOfTemplate(source: string, chart: Chart): string {
  const within = source.slice(source.indexOf('/') + 1);
  const known =
    [...chart.folders.keys()]
      .filter((name) => within.startsWith(name))
      .sort((a, b) => b.length - a.length)[0] ?? '';
  const folder = chart.folders.get(known) ?? chart.directory;
  const rest = within.slice(known.length);
  return folder === '.' ? rest : `${folder}/${rest}`;
}

function originOf(
  source: string | undefined,
  value: JsonObject,
  chart: Chart,
  repository: Repository,
): Origin {
  const main = chart.directory === '.' ? 'Chart.yaml' : `${chart.directory}/Chart.yaml`;
  const via = [{ file: main, line: 1, what: 'chart' }];
  const file = source === undefined ? undefined : repository.file(fileOfTemplate(source, chart));
  // What lies in an archive has no line of its own.
  if (file === undefined) return { ...firstLine(main), document: -1, via };
  const written = file.documents.find(
    ({ value: own }) =>
      own.kind === value.kind && textAt(own, 'metadata', 'name') === textAt(value, 'metadata', 'name'),
  );
  if (written !== undefined) return { ...written.place, document: written.index, via };
  return { ...firstLine(file.path, lineOf(repository.pathOf(file.path), value)), document: -1, via };
}

/**
 * The line at which the template of an object begins: of a file with several the one that says its kind, and
 * its name where that is literal.
 */
function lineOf(path: string, value: JsonObject): number {
  // From the disk: what the model holds of a template of a Secret ends at its data.
  const text = readFileSync(path, 'utf8');
  const name = textAt(value, 'metadata', 'name') ?? '';
  let best = { line: 1, score: -1 };
  let line = 1;
  for (const part of text.split(/^(?=---)/m)) {
    const lines = part.split('\n');
    const score =
      (lines.some((one) => one.trim() === `kind: ${asText(value.kind)}`) ? 2 : 0) +
      (lines.some((one) => one.trim() === `name: ${name}`) ? 1 : 0);
    const first = Math.max(
      0,
      lines.findIndex((one) => /^\w/.test(one)),
    );
    if (score > best.score) best = { line: line + first, score };
    line += lines.length - 1;
  }
  return best.line;
}
