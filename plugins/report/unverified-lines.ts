import type { Unverified, UnverifiedKind } from '../source/index.ts';
import { visible } from './frame.ts';

/** One thing that could not be verified, on one line: `helm chart loki 6.1.0: it comes from …`. */
export function unverifiedWords({ what, why }: Unverified): string {
  return `${visible(what)}: ${visible(why)}`;
}

/** What settles the things that could not be verified, one sentence for each kind that is among them. */
export function settlements(unverified: Unverified[]): string[] {
  // A chart of this repository is kept already.
  const isLocal = (one: Unverified) => one.kind === 'chart' && one.chart.directory !== null;
  const kinds = new Set(unverified.filter((one) => !isLocal(one)).map(({ kind }) => kind));
  const found = ways.filter(([kind]) => kinds.has(kind)).map(([, way]) => way);
  return unverified.some(({ kind }) => bringing.has(kind)) ? [...found, narrowing] : found;
}

/**
 * For whoever speaks of less than everything: a statement that cannot reach what is not read is verified
 * without it.
 */
const narrowing =
  "or let a statement speak of what is known: `written && …` (this repository's own manifests), `application == 'NAME'`, `file`, `stack`, `layer`";
const bringing = new Set<UnverifiedKind>([
  'chart',
  'base',
  'repository',
  'path',
  'plugin',
  'kustomization',
  'revision',
  'source',
  'refused',
]);

const ways: [UnverifiedKind, string][] = [
  ['chart', 'bring the charts that manifests name: `plumbline fetch`, which locks what it finds'],
  ['generator', 'say under `generators` in plumbline.yaml what a generator would find'],
  ['base', 'keep what a kustomization builds on in this repository'],
];
