import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleFile } from '../../plugins/checks/example-output.ts';
import { type Diagnostic, type Rule, rules } from '../../plugins/checks/index.ts';
import { checkPage } from '../../plugins/engine/check-pages.ts';
import { createEngine, type Engine, platformDiagnostics } from '../../plugins/engine/index.ts';
import { fixture, repositoryFrom, temporaryFolder } from '../checks/engine.ts';
import { d2 } from '../d2/helpers.ts';
import { reporters } from '../report/reports.ts';

const all: Rule[] = Object.values(rules);
const page = 'docs/page.md';
let root: string;
let engine: Engine;

beforeAll(async () => {
  root = temporaryFolder();
  cpSync(fixture, root, { recursive: true });
  mkdirSync(join(root, 'docs'), { recursive: true });
  // Addresses are known of a site of Plumbline alone.
  writeFileSync(join(root, 'astro.config.mjs'), 'export default { integrations: [plumbline()] };\n');
  engine = await createEngine({ root, d2, site: { resources: true, rules: true } });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(root, { recursive: true });
});

// The pages of the rules and `plumbline explain` show these files: they are what the command really says.
describe('what the terminal says of the failing example', () => {
  test.each(all.filter(({ about }) => about === 'page'))('$name', async (rule) => {
    const path = join(root, page);
    writeFileSync(path, rule.failing);
    const { diagnostics } = await checkPage(engine, path);
    const own = diagnostics.filter((one) => one.rule === rule.name);
    await expectShown(rule, own, (file) => (file === page ? rule.failing : textIn(engine, file)));
  });

  test.each(all.filter(({ about }) => about === 'manifests'))('$name', async (rule) => {
    const folder = repositoryFrom(rule.failing);
    const other = await createEngine({ root: folder });
    const shown = platformDiagnostics(other.platform);
    await other.dispose();
    expect(JSON.stringify(shown)).not.toContain(folder);
    rmSync(folder, { recursive: true });
    await expectShown(rule, shown, (file) => textIn(other, file));
  });
});

async function expectShown(
  rule: Rule,
  diagnostics: Diagnostic[],
  text: (file: string) => string | undefined,
) {
  expect(diagnostics.length).toBeGreaterThan(0);
  const blocks = diagnostics.map((diagnostic) =>
    reporters.pretty(reportOf(diagnostic), { color: false, text }),
  );
  const shown = blocks.map((block) => block.split('\n\n')[0]).join('\n\n');
  await expect(`${shown}\n`).toMatchFileSnapshot(exampleFile(rule));
}

function reportOf(diagnostic: Diagnostic): Parameters<typeof reporters.pretty>[0] {
  const none = { facts: 0, claims: 0, tables: 0, diagrams: 0, paths: 0, references: 0 };
  const checked = { pages: 1, ...none, excerpts: 0, commands: 0, links: 0 };
  return { version: 1, commit: null, checked, diagnostics: [diagnostic], unverified: [], pages: [], off: [] };
}

function textIn({ platform }: Engine, file: string): string | undefined {
  return platform.sources.files.get(file)?.text;
}
