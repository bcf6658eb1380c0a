import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ciStep, hostOf, mainBranch } from '../../plugins/engine/index.ts';
import { tree } from '../source/tree.ts';
import { platform } from '../views/platform.ts';

const root = tree({});
const where = (repository: string | null) => ({
  own: { version: '1.2.3', repository },
  branch: 'release/"x"',
  root,
});

test('GitHub takes the action of a package that says where it is from, and calls any other by name', () => {
  const [action, calls] = ['acme/plumbline', null].map((repository) =>
    parse(ciStep('github', where(repository)).text),
  );
  expect(action.on.push.branches).toEqual(['release/"x"']);
  expect(action.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  expect(action.jobs.check.steps.at(-1)).toEqual({ uses: 'acme/plumbline@v1.2.3' });
  expect(calls.permissions).toEqual({ contents: 'read' });
  expect(calls.jobs.check.steps.at(-1)).toEqual({
    run: 'npx --yes starlight-plumbline@1.2.3 check --format github',
  });
});

test('GitLab gets the template at the version of the package', () => {
  const { file, text } = ciStep('gitlab', where(null));
  expect(file).toBe('.gitlab-ci.yml');
  expect(parse(text).plumbline.variables.PLUMBLINE_VERSION).toBe('1.2.3');
  expect(ciStep('other', where(null))).toMatchObject({
    file: null,
    advice: expect.stringMatching(/1\.2\.3 check$/),
  });
});

test.each([
  ['https://github.com/acme/shop.git', 'github'],
  ['git@github.example.com:acme/shop.git', 'github'],
  ['ssh://git@gitlab.example.com:22/acme/shop', 'gitlab'],
  ['https://git.example.com/github.com', 'other'],
])('%s is on %s', (url, host) => {
  const { config } = platform({});
  const { repository } = config;
  expect(hostOf({ ...config, root, repository: { ...repository, urls: [url] } })).toBe(host);
});

test.each([
  [['topic', 'main'], 'main'],
  [['trunk'], 'trunk'],
  [['main', 'HEAD'], 'main'],
  [[], 'main'],
])('of the branches %j changes go to %s', (branches, main) => {
  const { config } = platform({});
  expect(mainBranch({ ...config, repository: { ...config.repository, branches } })).toBe(main);
});
