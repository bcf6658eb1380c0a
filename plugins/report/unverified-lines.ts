import type { Remedy, Unverified, UnverifiedKind } from '../source/index.ts';
import { visible } from './frame.ts';

/** One thing that could not be verified, on one line: `helm chart loki 6.1.0: it comes from …`. */
export function unverifiedWords({ what, why }: Unverified): string {
  return `${visible(what)}: ${visible(why)}`;
}

/** What a person does so that some of these become known, a sentence for each remedy that is among them. */
export function remediesOf(unverified: readonly Unverified[]): string[] {
  return Object.entries(ways).flatMap(([remedy, way]) =>
    unverified.some((one) => one.remedy === remedy) ? [way] : [],
  );
}

/** The same with what whoever writes the pages may do. */
export function settlements(unverified: readonly Unverified[]): string[] {
  const found = remediesOf(unverified);
  if (unverified.some(({ kind, remedy }) => kind === 'base' && remedy === undefined)) found.push(keeping);
  const isNarrowing = unverified.some(({ kind, remedy }) => bringing.has(kind) && remedy !== 'deploy');
  return isNarrowing ? [...found, narrowing] : found;
}

/**
 * For whoever speaks of less than everything: a statement that cannot reach what is not read is verified
 * without it.
 */
const narrowing =
  "let a statement speak of what is known alone: `written && …` (this repository's own manifests), `application == 'NAME'`, `file`, `stack`, `layer`";
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

const ways: Record<Remedy, string> = {
  fetch: 'bring what lies across a network: `plumbline fetch`, which locks what it finds',
  'fetch --locked': 'bring what `plumbline.lock` says: `plumbline fetch --locked`',
  generators: 'say under `generators` in plumbline.yaml what a generator would find',
  deploy:
    'state what these kustomizations make alike, or say in plumbline.yaml which one is applied: `deploy: [overlays/prod]`',
};
/** Of a base that nothing brings. */
const keeping = 'keep what a kustomization builds on in this repository';
