/**
 * What runs the check where a repository is hosted: for GitHub a file, for GitLab lines for a file that is
 * the owners' own.
 */
export function ciStep(host: CiHost, { version, config }: { version: string; config: string }): CiStep {
  const calls = [
    `npx --yes starlight-plumbline@${version} engines install`,
    `npx --yes starlight-plumbline@${version} check`,
  ];
  if (host === 'github')
    return { file: '.github/workflows/plumbline.yml', text: workflow(calls, config), snippet: null };
  if (host === 'gitlab') return { file: null, text: null, snippet: gitlabJob(calls) };
  return { file: null, text: null, snippet: `${calls.join('\n')}\n` };
}

function workflow([install, check]: string[], config: string): string {
  return `# Holds the pages to the manifests, as ${config} says.
name: plumbline
on:
  push:
    branches: [main, master]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${checkout}
        with:
          # Faults on files of the pull request come first, which takes the history.
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@${setupNode}
        with:
          node-version: 24
      - run: ${install}
      - run: ${check} --format github
`;
}

function gitlabJob(calls: string[]): string {
  const [install, check] = calls;
  return `plumbline:
  image: node:24
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

export type CiHost = 'github' | 'gitlab' | 'other';

interface CiStep {
  /** Where it goes; null where it is only told. */
  file: string | null;
  text: string | null;
  snippet: string | null;
}
