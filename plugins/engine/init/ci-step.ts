import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../source/index.ts';

/** Where a repository is hosted: by its address, else by what lies in it. */
export function hostOf({ root, repository }: Config): CiHost {
  for (const url of repository.urls) {
    const [, host = ''] = /^(?:\w+:\/\/)?(?:[^/@]+@)?([^/:]+)/.exec(url) ?? [];
    if (host === 'github.com' || host.startsWith('github.')) return 'github';
    if (host === 'gitlab.com' || host.startsWith('gitlab.')) return 'gitlab';
  }
  if (existsSync(join(root, '.github/workflows'))) return 'github';
  return existsSync(join(root, '.gitlab-ci.yml')) ? 'gitlab' : 'other';
}

/** The branch that changes are merged into, as far as the clone tells: the last is what the remote says. */
export function mainBranch({ repository: { branches } }: Config): string {
  return branches.findLast((name) => name !== 'HEAD') ?? 'main';
}

/**
 * What runs the check where a repository is hosted: a workflow, a job, or the calls alone.
 * @param own of the package: where it is known, GitHub takes its action from there.
 */
export function ciStep(host: CiHost, { own, branch }: { own: Own; branch: string }): CiStep {
  const calls = [
    `npx --yes starlight-plumbline@${own.version} engines install`,
    `npx --yes starlight-plumbline@${own.version} check`,
  ];
  if (host === 'github')
    return { file: '.github/workflows/plumbline.yml', text: workflow(own, branch, calls) };
  if (host === 'gitlab') return { file: '.gitlab-ci.yml', text: gitlabJob(calls) };
  return { file: null, text: `${calls.join('\n')}\n` };
}

function workflow({ repository, version }: Own, branch: string, [install, check]: string[]): string {
  const steps =
    repository === null
      ? `      - uses: actions/setup-node@${setupNode}
        with:
          node-version: 24
      - run: ${install}
      - run: ${check} --format github
`
      : `      - uses: ${repository}@v${version}
`;
  return `# Holds the pages to the manifests. What a pull request does to the platform is told in a comment.
name: plumbline
on:
  push:
    branches: [${JSON.stringify(branch)}]
  pull_request:
permissions:
  contents: read
${repository === null ? '' : '  pull-requests: write\n'}jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${checkout}
        with:
          # The history tells which files a pull request touches, and what was there before.
          fetch-depth: 0
          persist-credentials: false
${steps}`;
}

function gitlabJob([install, check]: string[]): string {
  return `plumbline:
  image: node:24
  variables:
    GIT_DEPTH: 0
  script:
    - ${install}
    - ${check} --format junit --output plumbline.xml
  artifacts:
    when: always
    reports:
      junit: plumbline.xml
`;
}

const checkout = '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const setupNode = '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0';

type CiHost = 'github' | 'gitlab' | 'other';

/** What is known of our own package: `owner/name` on GitHub, where it was published from there. */
interface Own {
  version: string;
  repository: string | null;
}

export interface CiStep {
  /** Where it goes; null where it is only told. */
  file: string | null;
  text: string;
}
