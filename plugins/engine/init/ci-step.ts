import { existsSync, readFileSync } from 'node:fs';
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
 * @param own of the package: where its repository is known, GitHub takes the action from there.
 */
export function ciStep(host: CiHost, { own, branch, root }: Where): CiStep {
  const calls = [
    `npx --yes starlight-plumbline@${own.version} engines install`,
    `npx --yes starlight-plumbline@${own.version} check`,
  ];
  if (host === 'github')
    return { file: '.github/workflows/plumbline.yml', text: workflow(own, branch, calls), advice: null };
  if (host !== 'gitlab') return { file: null, text: '', advice: `in your CI: ${calls.join(' && ')}` };
  const text = gitlabJob(own);
  return existsSync(join(root, '.gitlab-ci.yml'))
    ? {
        file: '.gitlab/plumbline.yml',
        text,
        advice: 'in .gitlab-ci.yml: include: [{ local: .gitlab/plumbline.yml }]',
      }
    : { file: '.gitlab-ci.yml', text, advice: null };
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

/** The template that others include, with the version of the package that writes it. */
function gitlabJob({ version }: Own): string {
  const template = readFileSync(new URL('../../../ci/gitlab.yml', import.meta.url), 'utf8');
  return template.replace(/^( +PLUMBLINE_VERSION: ).*$/m, `$1${version}`);
}

const checkout = '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const setupNode = '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0';

type CiHost = 'github' | 'gitlab' | 'other';

/** What is known of our own package: `owner/name` on GitHub, where it was published from there. */
interface Own {
  version: string;
  repository: string | null;
}

interface Where {
  own: Own;
  branch: string;
  root: string;
}

export interface CiStep {
  /** Where it goes; null where it is only told. */
  file: string | null;
  text: string;
  /** What is left to do by hand. */
  advice: string | null;
}
