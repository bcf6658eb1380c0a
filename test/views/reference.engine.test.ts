import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from '../../plugins/platform/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { createQuery, type Query } from '../../plugins/query/index.ts';
import {
  type Cell,
  diagramOf,
  diagramViews,
  tableOf,
  tableToCsv,
  tableToMarkdown,
  tableViews,
} from '../../plugins/views/index.ts';
import { corpus, isPresent } from '../corpus.ts';
import { isTurn } from '../fuzz.ts';

/** What other tests render, too, in each run, and one that takes two hundred more builds every third day. */
const others = ['idp-blueprint', ...(isTurn(1, 3) ? ['homelab'] : [])];
console.log(`views over repositories of others: ${others.join(' and ')}`);

describe('over the reference platform', () => soundViews(join(import.meta.dirname, '../..')));
for (const name of others)
  describe.skipIf(!isPresent(corpus(name)))(`over ${name}`, () => soundViews(corpus(name)));

function soundViews(root: string): void {
  let platform: Platform;
  let query: Query;
  beforeAll(async () => {
    platform = await loadPlatform({ root });
    query = createQuery(platform);
  });

  test('every table view is sound', () => {
    for (const view of Object.keys(tableViews)) {
      const result = tableOf(platform, query, { view });
      if (!result.ok) throw new Error(`${view}: ${JSON.stringify(result.faults)}`);
      const { table } = result;
      expect(new Set(table.rows.map((row) => row.id)).size, view).toBe(table.rows.length);
      for (const row of table.rows) {
        expect(row.cells).toHaveLength(table.columns.length);
        for (const cell of row.cells) expectSound(cell, platform, view);
      }
      const lines = tableToMarkdown(table)
        .split('\n')
        .filter((line) => line.startsWith('|'));
      expect(new Set(lines.map(columnsIn)).size, view).toBeLessThanOrEqual(1);
      expect(tableToCsv(table).split('\r\n').length).toBeGreaterThan(0);
      expect(tableOf(platform, query, { view })).toEqual(result);
    }
  });

  test('every diagram view is sound, or says why there is nothing', () => {
    const [first] = platform.model.applications;
    for (const view of Object.keys(diagramViews)) {
      const options = view === 'around' ? { view, of: first?.id ?? 'none' } : { view };
      const result = diagramOf(platform, query, options);
      if (!result.ok) {
        expect(result.faults).toHaveLength(1);
        continue;
      }
      const ids = new Set(result.diagram.nodes.map((node) => node.id));
      expect(ids.size, view).toBe(result.diagram.nodes.length);
      expect(ids.size, view).toBeLessThanOrEqual(60);
      for (const { from, to } of result.diagram.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
      for (const { ref } of result.diagram.nodes)
        if (ref !== null) expect(platform.resource(ref), `${view} ${ref}`).toBeDefined();
    }
  });

  test('queries answer on every kind of row', () => {
    for (const kind of [
      'resource',
      'application',
      'applicationset',
      'project',
      'policy',
      'event',
      'secret',
      'route',
      'stack',
    ] as const) {
      const all = query.select('true', kind);
      expect(all.ok && all.value.length, kind).toBe(query.subjects(kind).length);
      expect(query.select("name.matches('.') && namespace == 'nowhere' || wave > 1000", kind).ok, kind).toBe(
        true,
      );
    }
  });
}

function expectSound(cell: Cell, platform: Platform, view: string): void {
  expect(cell.text, view).not.toMatch(/undefined|\[object|^null$/);
  if (cell.ref !== undefined) expect(platform.resource(cell.ref), `${view}: ${cell.ref}`).toBeDefined();
  for (const item of cell.items ?? []) expectSound(item, platform, view);
}

function columnsIn(line: string): number {
  return line.replaceAll('\\|', '').split('|').length;
}
