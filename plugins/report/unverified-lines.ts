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
 * For a statement that means less than everything: one that cannot reach the unread part is verified without
 * it.
 */
const narrowing =
  "limit a statement to what is known: `written && …` (this repository's own manifests), `application == 'NAME'`, `file`, `stack`, `layer`";
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
  fetch: 'run `plumbline fetch`, which brings what lies on other hosts and locks it',
  'fetch --locked': 'run `plumbline fetch --locked`, which brings what `plumbline.lock` names',
  generators: 'list under `generators` in plumbline.yaml what a generator would find',
  deploy:
    'state only what these kustomizations have in common, or say in plumbline.yaml which one is applied: `deploy: [overlays/prod]`',
};
/** For a base that `plumbline fetch` cannot bring. */
const keeping = 'keep the bases of a kustomization in this repository';
