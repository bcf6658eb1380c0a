import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../plugins/engine/index.ts';
import { checkPages, createEngine, type Engine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { reporters } from '../report/reports.ts';
import { rowsInTurns } from '../turns.ts';
import { type Fault, faults } from './faults.ts';

const project = resolve(import.meta.dirname, '../..');
const page = 'docs/page.md';
let root: string;
let engine: Engine;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-'));
  for (const part of ['IT', 'K8s', 'ci', 'docs', 'plumbline.yaml'])
    cpSync(join(project, part), join(root, part), { recursive: true });
  engine = await createEngine({ root, d2 });
});
afterAll(async () => {
  await engine?.dispose();
  rmSync(root, { recursive: true, force: true });
});

// Each is read as a person reads it: the change, and what the terminal says.
describe('what the terminal says', () => {
  test.each(rowsInTurns(faults, 3))('$name', async (fault) => {
    const undo = change(fault);
    try {
      await engine.reload();
      const { report } = await checkPages(engine, {
        pages: [fault.page === undefined ? 'docs/index.md' : page],
      });
      const told = report.diagnostics.filter(
        ({ page: place }) => (fault.page === undefined) === (place === null),
      );
      expect(told.length).toBeGreaterThan(0);
      const text = `${changeOf(fault)}${print({ ...report, diagnostics: told })}\n`;
      expect(text).not.toContain(root);
      // What is wrong and where, both by themselves, and how to go on.
      for (const block of text.split(/^(?=(?:error|warning)\[)/m).slice(1)) {
        expect(block).toMatch(/^(error|warning)\[[a-z-]+\]: [^\n]{10,}\n {2}\S+:\d+:\d+/);
        expect(block).toMatch(/\n {2}(help|nearest) {3,}\S/);
        expect(block).toMatch(/\n {2}more {6}plumbline explain [a-z-]+$/m);
      }
      await expect(text).toMatchFileSnapshot(`./faults/${fault.name}.txt`);
    } finally {
      undo();
    }
  });
});

/** Writes the page and the changed manifests; what comes back takes them away again. */
function change({ page: text, edits = [] }: Fault): () => void {
  const before = new Map<string, string | null>();
  const write = (file: string, was: string | null, is: string) => {
    if (!before.has(file)) before.set(file, was);
    writeFileSync(join(root, file), is);
  };
  if (text !== undefined) write(page, null, text);
  for (const [file, was, is] of edits) {
    const whole = was === null ? null : readFileSync(join(root, file), 'utf8');
    expect(whole ?? '').toContain(was ?? '');
    write(file, whole, whole === null ? is : whole.replace(was ?? '', is));
  }
  return () => {
    for (const [file, was] of before) {
      if (was === null) rmSync(join(root, file));
      else writeFileSync(join(root, file), was);
    }
  };
}

function changeOf({ page: text, edits = [] }: Fault): string {
  const pages = text === undefined ? [] : [`==> ${page} <==\n${text}`];
  const changes = edits.map(
    ([file, was, is]) =>
      `==> ${file} <==\n${was === null ? '' : prefixed('- ', was)}${prefixed(was === null ? '' : '+ ', is)}`,
  );
  return `${[...pages, ...changes].join('\n')}\n==> plumbline check <==\n`;
}

function prefixed(prefix: string, text: string): string {
  return `${text.trimEnd().replaceAll(/^/gm, prefix)}\n`;
}

function print(report: Report): string {
  const { files } = engine.platform.sources;
  const text = (file: string) =>
    files.get(file)?.text ?? (file === page ? readFileSync(join(root, page), 'utf8') : undefined);
  // The faults alone: what was checked besides changes with every page.
  return reporters
    .pretty({ ...report, unverified: [], pages: [] }, { color: false, text })
    .split('\n\n')
    .slice(0, -1)
    .join('\n\n');
}
