/** Two sides of a comparison, made of a few files. */
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import {
  checkPages,
  compareSides,
  createEngine,
  type PlatformDiff,
  type Side,
} from '../../plugins/engine/index.ts';
import { tree } from '../source/tree.ts';

/** A side with these manifests. */
export async function side(files: Files): Promise<Side> {
  const root = tree({
    'plumbline.yaml': 'repository: { url: https://git.example.com/shop.git }\n',
    ...Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === 'string' ? content : content.map((one) => stringify(one)).join('---\n'),
      ]),
    ),
  });
  const engine = await createEngine({ root });
  onTestFinished(() => engine.dispose());
  return { revision: { name: null, commit: null }, engine, ...(await checkPages(engine)) };
}

export async function diffOf(before: Files, after: Files): Promise<PlatformDiff> {
  return compareSides(await side(before), await side(after));
}

export const object = (kind: string, name: string, more: object = {}, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...more,
});
export const config = (name: string, value: string) => object('ConfigMap', name, { data: { key: value } });

export function application(name: string, spec: object = {}, metadata: object = {}) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd', ...metadata },
    spec: {
      project: 'default',
      source: { repoURL: 'https://git.example.com/shop.git', targetRevision: 'HEAD', path: 'K8s/shop' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      ...spec,
    },
  };
}

export const told = ({ changes }: PlatformDiff) =>
  changes.map(({ action, reference }) => `${action} ${reference}`);

export type Files = Record<string, string | object[]>;
