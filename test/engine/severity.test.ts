import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Rule, rules } from '../../plugins/checks/index.ts';
import type { Report } from '../../plugins/engine/index.ts';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { bareSite, engineWithPages, fixture, repositoryFrom, temporaryFolder } from '../checks/engine.ts';
import { d2 } from '../d2/helpers.ts';

const all: Rule[] = Object.values(rules);
const ofPages = all.filter(({ about }) => about === 'page');
const ofManifests = all.filter(({ about }) => about === 'manifests');

describe('severities of the configuration', () => {
  it('refuse a rule that there is not, and name the nearest', async () => {
    const root = withSeverity(copyOfFixture(), { 'path-mising': 'warning' });
    await expect(createEngine({ root, d2 })).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('severity.path-mising'),
      help: 'did you mean `path-missing`?',
    });
  });

  it('turn every rule about pages down, and off', async () => {
    for (const severity of ['info', 'off']) {
      const names = Object.fromEntries(ofPages.map(({ name }) => [name, severity]));
      const bench = await engineWithPages(withSeverity(copyOfFixture(), names), bareSite);
      for (const { name, failing } of ofPages) {
        const report = await bench.check(failing);
        expect(severitiesOf(report, name), name).toEqual(severity === 'off' ? [] : ['info']);
        expect(report.off).toEqual(severity === 'off' ? Object.keys(names).toSorted() : []);
      }
      await bench.close();
    }
  });

  it.each(ofManifests.map((rule) => [rule.name, rule] as const))(
    'turn %s down, and off',
    async (name, rule) => {
      for (const severity of ['info', 'off']) {
        const root = withSeverity(repositoryFrom(rule.failing), { [name]: severity });
        const engine = await createEngine({ root, d2 });
        const { report } = await checkPages(engine);
        await engine.dispose();
        expect(severitiesOf(report, name)).toEqual(severity === 'off' ? [] : ['info']);
      }
    },
  );
});

function severitiesOf({ diagnostics }: Report, name: string): string[] {
  return [...new Set(diagnostics.filter(({ rule }) => rule === name).map(({ severity }) => severity))];
}

function copyOfFixture(): string {
  const root = temporaryFolder();
  cpSync(fixture, root, { recursive: true });
  return root;
}

function withSeverity(root: string, severity: Record<string, string>): string {
  onTestFinished(() => rmSync(root, { recursive: true }));
  appendFileSync(join(root, 'plumbline.yaml'), `severity: ${JSON.stringify(severity)}\n`);
  return root;
}
