import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rule, rules } from '../../plugins/checks/index.ts';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { type Bench, bareSite, engineWithPages, repositoryFrom } from './engine.ts';

const all: Rule[] = Object.values(rules);

describe('the table', () => {
  it.each([
    ['pages', 'page'],
    ['manifests', 'manifests'],
  ])('has every module of rules/%s, and what the terminal says of its example', (folder, about) => {
    const files = readdirSync(resolve(import.meta.dirname, '../../plugins/checks/rules', folder));
    const names = all.filter((rule) => rule.about === about).map(({ name }) => name);
    expect(
      files.filter((file) => file !== 'example-files.ts').toSorted(),
      'a module of a rule has a row in plugins/checks/rules.ts, and test/messages/examples.test.ts writes what is said beside it',
    ).toEqual(names.flatMap((name) => [`${name}.ts`, `${name}.txt`]).toSorted());
  });

  it.each(all.map((rule) => [rule.name, rule] as const))('%s: has been written', (name, rule) => {
    const said = [rule.title, rule.explain, rule.silent].filter((text) => /^…?$/.test(text.trim()));
    expect(said, `title, explain and silent of \`${name}\` are to be written`).toEqual([]);
    expect(rule.failing, `the examples of \`${name}\` are still the same: one fails, one is mended`).not.toBe(
      rule.mended,
    );
  });

  it('says in the reference when each is silent', async () => {
    const about = (what: Rule['about']) =>
      all
        .filter((rule) => rule.about === what)
        .map(({ name, silent }) => `### \`${name}\`\n\n${silent}`)
        .join('\n\n');
    const page = `---
title: When a rule is silent
description: For each rule, when it says nothing because something is not known, and what is said instead.
---

What is not read (a chart of a registry, a remote base, a generator that asks a cluster) is unknown, not empty. A rule does not speak where such
a part could prove it wrong. The statement, the Application or the file is then *not verified*: the report names the part that is not known
and what would make it known, and \`check --strict\` ends with code 3. This page is written from the modules of the [rules](/rules/).

## Rules about pages

${about('page')}

## Rules about manifests

${about('manifests')}
`;
    await expect(page).toMatchFileSnapshot('../../docs/reference/silence.md');
  });

  it('is told in the changelog', () => {
    const changelog = readFileSync(resolve(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
    expect(changelog.split('\n').filter((line) => line.startsWith('- …'))).toEqual([]);
  });
});

describe('rules about pages', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await engineWithPages(undefined, bareSite);
  });
  afterAll(() => bench.close());

  it.each(all.filter((rule) => rule.about === 'page').map((rule) => [rule.name, rule] as const))(
    '%s: fails, and is mended',
    async (name, rule) => {
      const failing = await bench.check(rule.failing);
      expect(
        failing.diagnostics.map((diagnostic) => diagnostic.rule),
        `\`failing\` of \`${name}\` raises no fault of the rule`,
      ).toContain(name);
      for (const diagnostic of failing.diagnostics) {
        expect(diagnostic.severity).toBe(rules[diagnostic.rule].severity);
        expect(diagnostic.help ?? diagnostic.candidates[0]).toBeTruthy();
      }
      const mended = await bench.check(rule.mended);
      expect(mended.diagnostics).toEqual([]);
    },
  );
});

describe('rules about manifests', () => {
  it.each(all.filter((rule) => rule.about === 'manifests').map((rule) => [rule.name, rule] as const))(
    '%s: fails, and is mended',
    async (name, rule) => {
      const failing = await diagnosticsOf(rule.failing);
      expect(
        failing.map((diagnostic) => diagnostic.rule),
        `\`failing\` of \`${name}\` raises no fault of the rule, or others too`,
      ).toEqual([name]);
      expect(failing[0]?.severity).toBe(rule.severity);
      expect(failing[0]?.sources[0]?.file).toMatch(/^(IT|K8s)\/|^plumbline\.lock$/);
      expect(await diagnosticsOf(rule.mended)).toEqual([]);
    },
  );
});

async function diagnosticsOf(tree: string) {
  const engine = await createEngine({ root: repositoryFrom(tree), d2 });
  const { report } = await checkPages(engine);
  await engine.dispose();
  return report.diagnostics;
}
