import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { relationTypes } from '../plugins/model/index.ts';
import { overName, subjectKinds } from '../plugins/query/index.ts';
import { diagramViews, tableViews } from '../plugins/views/index.ts';
import { publishedManifest } from '../scripts/package/manifest.ts';

const root = join(import.meta.dirname, '..');
const page = (path: string) => readFileSync(join(root, path), 'utf8');

test('the page about edges has every relation, in the words of the model', () => {
  const rows = page('docs/authors/edges.md').match(/^\| .* \|$/gm) ?? [];
  const known = relationTypes.map(
    ({ from, verb, to, passive }) => `| ${from} | ${verb} | ${to} | ${passive} |`,
  );
  expect(rows.slice(1)).toEqual(known);
});

test('it has an edge of each relation, and shows each example that its platform has', () => {
  const text = page('docs/authors/edges.md');
  const labels = [...text.matchAll(/^\w+ -> \w+: (.+)$/gm)].map(([, label]) => label);
  expect([...new Set(labels)].sort()).toEqual(relationTypes.map(({ verb }) => verb).sort());
  // What stands alone is drawn, and its edges are held to the manifests as those of any page.
  const examples = [...text.matchAll(/^````md\n(```d2[\s\S]*?)^````$/gm)].map(([, example = '']) => example);
  const [flux, push] = examples.splice(-2);
  for (const example of examples) expect(text.split(`\n\n${example}`)).toHaveLength(2);
  expect(flux).toContain('Kustomization');
  expect(push).toContain('PushSecret');
});

test('the cheat-sheet has every view', () => {
  const text = page('docs/authors/cheat-sheet.md');
  const named = (views: object) =>
    `${Object.keys(views)
      .map((name) => `\`${name}\``)
      .join(', ')}.`;
  expect(text).toContain(`## Tables\n\n${named(tableViews)}\n`);
  expect(text).toContain(`## Diagrams\n\n${named(diagramViews)}\n`);
});

test('the page about writing names every list that a claim or a fact may be over', () => {
  const names = subjectKinds.map(overName).filter((name) => name !== 'resources');
  const list = `\`${names.slice(0, -1).join('`, `')}\` or \`${names.at(-1)}\`.`;
  expect(page('docs/authors/writing.md').replaceAll('\n', ' ')).toContain(`other than resources: ${list}`);
});

test('the sidebar has every page for authors, the first ones in the order in which people need them', () => {
  const sidebar = [...page('astro.config.mjs').matchAll(/'authors\/([\w-]+)'/g)].map(([, name]) => name);
  const pages = readdirSync(join(root, 'docs/authors')).map((name) => name.replace(/\.mdx?$/, ''));
  expect([...sidebar].sort()).toEqual(pages.sort());
  expect(sidebar.slice(0, 5)).toEqual(['five-minutes', 'writing', 'edges', 'ci', 'unknown']);
});

test('README, the first page and the command line say the Node that the package asks for', () => {
  const own = JSON.parse(page('package.json'));
  const { node } = publishedManifest(own, {}).engines as { node: string };
  const version = /\d+\.\d+/.exec(node)?.[0];
  expect(page('README.md')).toContain(`**Node ${version} or newer**`);
  for (const path of ['docs/authors/five-minutes.md', 'scripts/plumbline.ts'])
    expect(page(path), path).toContain(`Node ${version} or newer`);
});

test('pages name the version that there is', () => {
  const versions = (path: string, pattern: RegExp) =>
    [...page(path).matchAll(pattern)].map(([, version]) => version);
  const { version } = JSON.parse(page('package.json'));
  expect(versions('docs/authors/ci.md', /(?:OWNER\/plumbline@|rev: )v(\S+)/g)).toEqual([version, version]);
  const extension = JSON.parse(page('editors/vscode/package.json'));
  expect(versions('docs/authors/editor.md', /plumbline-(\S+)\.vsix/g)).toEqual([extension.version]);
});

// Where ours is not installed, npx would run somebody else's.
test('pages call the package by its own name', () => {
  const pages = readdirSync(join(root, 'docs/authors')).map((name) => join('docs/authors', name));
  for (const path of pages)
    expect(page(path).match(/^.*\bnpx plumbline\b.*$/gm) ?? [], path).toEqual(
      path.endsWith('five-minutes.md') ? [expect.stringContaining('is the same')] : [],
    );
});

test('no page says that every sentence is tested, as its own foot counts those that are', () => {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.md'),
  );
  for (const path of [...pages.map((one) => join('docs', one)), 'README.md'])
    expect(page(path), path).not.toMatch(
      /\b(?:every|each|all)\b[\w\s,]{0,40}\bsentences?\b(?! with a mark)[\w\s]{0,30}\btested\b/i,
    );
});
