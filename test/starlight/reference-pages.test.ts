import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rule, relatedRules, rules } from '../../plugins/checks/index.ts';
import { createEngine, type Engine } from '../../plugins/engine/index.ts';
import { fields, functions, lists } from '../../plugins/query/index.ts';
import { expressionPage } from '../../plugins/starlight/pages/expression-page.ts';
import type { GeneratedPage } from '../../plugins/starlight/pages/generated-page.ts';
import { rulePages } from '../../plugins/starlight/pages/rule-pages.ts';
import { viewPage } from '../../plugins/starlight/pages/view-page.ts';
import { diagramViews, tableViews } from '../../plugins/views/index.ts';
import { fixture } from '../checks/engine.ts';

let engine: Engine;
let pages: Map<string, GeneratedPage>;

beforeAll(async () => {
  engine = await createEngine({ root: fixture, docs: import.meta.dirname });
  Object.assign(engine.platform.config.severity, { 'claim-false': 'warning', 'claim-empty': 'off' });
  const made = rulePages(engine, { base: '/docs', trailingSlash: 'always', format: 'directory' });
  pages = new Map(made.map((page) => [page.id, page]));
});
afterAll(() => engine.dispose());

describe('the page of a rule', () => {
  test.each(Object.values(rules) as Rule[])('$name', (rule) => {
    const { body = '', data } = pages.get(`rules/${rule.name}`) ?? {};
    expect(data?.title).toBe(rule.name);
    expect(body).toContain(rule.explain);
    expect(body).toContain(rule.silent);
    expect(body).toContain(rule.failing.trimEnd());
    expect(body).toContain(rule.mended.trimEnd());
    // What the command really says, by a file that a test keeps.
    expect(body).toMatch(new RegExp(`^(error|warning|info)\\[${rule.name}\\]: `, 'm'));
    expect(body.includes('`plumbline fix --dry-run`')).toBe(rule.fixable ?? false);
    for (const related of relatedRules(rule.name)) expect(body).toContain(`](/docs/rules/${related}/)`);
  });

  test('says the severity that the configuration gives', () => {
    expect(pages.get('rules/claim-false')?.body).toContain('(warning, by default error, about pages)');
    expect(pages.get('rules/claim-empty')?.body).toContain('(off, by default error, about pages)');
    expect(pages.get('rules/fact-stale')?.body).toContain('(error, about pages)');
  });

  test('is found from the list of all', () => {
    for (const name of Object.keys(rules))
      expect(pages.get('rules')?.body).toContain(`href="/docs/rules/${name}/"`);
  });
});

test('the page of expressions has every name, list and function with its example', () => {
  const text = expressionPage().body.replaceAll('&#x26;', '&').replaceAll('&#x3C;', '<');
  const own = [...Object.values(fields).flat(), ...lists, ...functions];
  expect(own.length).toBeGreaterThan(100);
  for (const { name, example } of own) {
    expect(text).toContain(`data-id="${name}"`);
    expect(text).toContain(example);
  }
});

test('the page of views has every view with its sentence and columns', () => {
  const text = viewPage().body.replaceAll('&#x27;', "'");
  const own = [...Object.values(tableViews), ...Object.values(diagramViews)];
  expect(own.length).toBeGreaterThan(20);
  for (const { summary } of Object.values(tableViews)) expect(text).toContain(summary);
  for (const { name, summary } of Object.values(diagramViews)) {
    expect(text).toContain(`data-id="${name}"`);
    expect(text).toContain(summary.replaceAll(/`([^`]*)`/g, '<code>$1</code>'));
  }
  for (const { name, columns } of Object.values(tableViews)) {
    const own = text.split('\n### ').find((part) => part.startsWith(`${name}\n`)) ?? '';
    for (const column of columns) expect(own).toContain(`<code>${column.name}</code>`);
  }
});
