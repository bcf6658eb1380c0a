import type { SetEmpty, SetUnverified } from '../../../model/index.ts';
import { type DiagnosticOf, diagnostic } from '../../../source/index.ts';
import { inRole } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { webService } from './example-files.ts';

export const generatorUnverified = {
  name: 'generator-unverified',
  about: 'manifests',
  severity: 'info',
  title: 'a generator needs what a repository does not hold',
  explain: `A generator that asks a cluster, a Git host or another repository cannot be expanded here. Its applications are unknown, not absent: pages say so, and \`--strict\` refuses. What it would find can be given in \`plumbline.yaml\` under \`generators\`: clusters, or the parameters of one set.`,
  silent: `Never, since it tells what is not known. It stops once \`generators\` in \`plumbline.yaml\` says what the generator would find.`,
  failing: `==> K8s/applicationset.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: web
  namespace: argocd
spec:
  generators:
    - clusters: {}
  template:
    metadata:
      name: "web-{{path.basename}}"
    spec:
      project: default
      source:
        repoURL: https://git.example.com/shop.git
        path: "{{path}}"
        targetRevision: main
      destination: {server: "https://kubernetes.default.svc", namespace: web}
${webService}`,
  mended: `==> K8s/applicationset.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: web
  namespace: argocd
spec:
  generators:
    - git:
        repoURL: https://git.example.com/shop.git
        revision: main
        directories:
          - path: K8s/web
  template:
    metadata:
      name: "web-{{path.basename}}"
    spec:
      project: default
      source:
        repoURL: https://git.example.com/shop.git
        path: "{{path}}"
        targetRevision: main
      destination: {server: "https://kubernetes.default.svc", namespace: web}
${webService}`,
} as const satisfies ManifestRule;

/** Applications that are not known, or none where some were meant. */
export function unverifiedGenerator(finding: SetUnverified | SetEmpty): DiagnosticOf<'generator-unverified'> {
  const { set, why, place } = finding;
  const isEmpty = finding.type === 'set-empty';
  const message = isEmpty
    ? `\`ApplicationSet/${set.name}\` generates nothing: ${why}`
    : `the Applications of \`ApplicationSet/${set.name}\` are not all known: ${why}`;
  return diagnostic({
    rule: generatorUnverified.name,
    severity: isEmpty ? 'warning' : generatorUnverified.severity,
    identity: [set.id, message],
    message,
    sources: [inRole(place, 'generator')],
    help: isEmpty
      ? 'Mend the pattern, or remove the generator.'
      : [
          'What it generates is unknown here, not empty.',
          ...(finding.help === null ? [] : [finding.help]),
        ].join(' '),
  });
}
