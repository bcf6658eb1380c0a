import type { Unverified, UnverifiedKind } from '../source/index.ts';
import { visible } from './frame.ts';

/** One thing that could not be verified, on one line: `helm chart loki 6.1.0: it comes from …`. */
export function unverifiedWords({ what, why }: Unverified): string {
  return `${visible(what)}: ${visible(why)}`;
}

/** What settles the things that could not be verified, one sentence for each kind that is among them. */
export function settlements(unverified: Unverified[]): string[] {
  return ways.filter(([kind]) => unverified.some((one) => one.kind === kind)).map(([, way]) => way);
}

/** Charts lie where kustomize itself would pull them to. */
const ways: [UnverifiedKind, string][] = [
  [
    'chart',
    'keep a chart beside what names it: `helm pull NAME --repo URL --version V --untar --untardir charts/NAME-V`',
  ],
  ['generator', 'say under `generators` in plumbline.yaml what a generator would find'],
  ['base', 'keep what a kustomization builds on in this repository'],
];
