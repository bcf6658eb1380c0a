import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import config from '../vitest.config.ts';

const root = join(import.meta.dirname, '..');

test('every test is in one project, and in one alone', () => {
  const projects = (config.test?.projects ?? []).map((project) => {
    if (typeof project !== 'object' || !('test' in project)) throw new Error('a project of another form');
    const { name, include = [], exclude = [] } = project.test ?? {};
    return { name: String(name), files: globSync(include, { cwd: root, exclude }) };
  });
  expect(projects.map(({ name }) => name)).toEqual(['unit', 'engine', 'site', 'browser']);
  for (const { name, files } of projects) expect([name, files.length > 1]).toEqual([name, true]);
  const all = globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/**/fixtures/**'] });
  expect(projects.flatMap(({ files }) => files).sort()).toEqual(all.sort());
});
