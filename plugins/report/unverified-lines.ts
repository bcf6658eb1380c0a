import type { Unverified, UnverifiedKind } from '../source/index.ts';
import { visible } from './frame.ts';

/** One thing that could not be verified, on one line: `helm chart loki 6.1.0: it comes from …`. */
export function unverifiedWords({ what, why }: Unverified): string {
  return `${visible(what)}: ${visible(why)}`;
}

/** What settles the things that could not be verified, one sentence for each kind that is among them. */
export function settlements(unverified: Unverified[]): string[] {
  const brought = fetches.filter(([, why]) => unverified.some((one) => why.test(one.why)));
  const others = unverified.filter(({ why }) => !fetches.some(([, said]) => said.test(why)));
  const kinds = new Set(others.map(({ kind }) => kind));
  const found = [...brought, ...ways.filter(([, kind]) => kinds.has(kind))].map(([way]) => way);
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

/** As rooms before say what brings something. */
const fetches: [string, RegExp][] = [
  [
    'bring what lies across a network: `plumbline fetch`, which locks what it finds',
    /`plumbline fetch` brings/,
  ],
  ['bring what `plumbline.lock` says: `plumbline fetch --locked`', /`plumbline fetch --locked` brings/],
];
const ways: [string, UnverifiedKind][] = [
  ['say under `generators` in plumbline.yaml what a generator would find', 'generator'],
  ['keep what a kustomization builds on in this repository', 'base'],
];
