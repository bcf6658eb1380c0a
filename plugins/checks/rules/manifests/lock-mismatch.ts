import type { ManifestRule } from '../rule.ts';

const application = `==> IT/application.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://charts.example.com
    chart: shop
    targetRevision: 1.x
  destination: {server: "https://kubernetes.default.svc", namespace: shop}
==> vendor/shop-1.4.2.tgz <==
the bytes of the packed chart
`;

const lock = (sha256: string) => `==> plumbline.lock <==
version: 1
vendor: vendor
charts:
  - repository: https://charts.example.com
    chart: shop
    asked: 1.x
    version: 1.4.2
    sha256: ${sha256}
`;

export const lockMismatch = {
  name: 'lock-mismatch',
  about: 'manifests',
  severity: 'error',
  title: 'what was fetched is not what was locked',
  explain: `\`plumbline.lock\` says of every chart, repository and file that lies across a network which content was found. Where another lies in its place, nothing of it is used: what it would deploy is not verified, as if it had not been fetched.`,
  silent: `About what was never fetched, which is *not verified*.`,
  failing: `${lock('5f'.repeat(32))}${application}`,
  mended: `${lock('6e235ab5b63a51c89c45a789a8bc2dbce025a93af2ea908f1b9a69d55f793a97')}${application}`,
} as const satisfies ManifestRule;
