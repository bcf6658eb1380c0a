/** Makes one mutant after the other in a copy of the platform, and says what comes of each. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { objectAt, stableStringify } from '../../plugins/base/index.ts';
import { checkPage } from '../../plugins/engine/check-pages.ts';
import { checkPages, createEngine, renderPageAsMarkdown } from '../../plugins/engine/index.ts';
import { pagesUnder } from '../../plugins/markdown/index.ts';
import { ConfigError, isError } from '../../plugins/source/index.ts';
import type { Mutant } from './mutants.ts';

/** Reads and renders the platform as it is. */
export async function openTrial(
  options: Parameters<typeof createEngine>[0] & { root: string },
): Promise<Trial> {
  const { root } = options;
  const engine = await createEngine(options);
  const pages = await pagesUnder(engine.platform.config.docs, root);
  const before = new Map<string, Page>();
  for (const page of pages) {
    const { markdown } = await renderPageAsMarkdown(engine, page);
    const { verdicts } = await checkPage(engine, page);
    before.set(page, { markdown: withoutLines(markdown), reads: filesIn(verdicts) });
  }
  const applied = stateOf();

  async function outcomeOf(mutant: Mutant, text: string, order: string[]): Promise<Outcome> {
    const path = join(root, mutant.file);
    try {
      if (mutant.text === null) rmSync(path);
      else writeFileSync(path, mutant.text);
      await engine.reload();
      const { report } = await checkPages(engine, { pages: [] });
      if (report.diagnostics.some(isError)) return 'failed check';
      for (const [index, page] of order.entries()) {
        const { markdown, diagnostics } = await renderPageAsMarkdown(engine, page);
        const failed = diagnostics.some(isError);
        if (!failed && withoutLines(markdown) === before.get(page)?.markdown) continue;
        // What caught the last mutant of a file is likely to catch its next one.
        order.unshift(...order.splice(index, 1));
        return failed ? 'failed check' : 'changed render';
      }
      return showsInModel(mutant) && stateOf() === applied ? 'same objects' : 'survived';
    } catch (error) {
      if (error instanceof ConfigError) return 'failed check';
      return { threw: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    } finally {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  /**
   * Pages that read a file, the shortest first; then all others, which are only asked where none of those
   * shows the change. A wrong guess costs time and never an outcome.
   */
  function likelyFirst(file: string): string[] {
    const rank = (page: string): number => {
      const { markdown = '', reads } = before.get(page) ?? {};
      return markdown.length + (reads?.has(file) ? 0 : Number.MAX_SAFE_INTEGER / 2);
    };
    return pages.toSorted((a, b) => rank(a) - rank(b));
  }

  /** Every file of the repository that something names as its place, or whose resource it refers to. */
  function filesIn(value: unknown): Set<string> {
    const files = new Set<string>();
    const seen = new Set<unknown>();
    const visit = (one: unknown): void => {
      if (typeof one !== 'object' || one === null || seen.has(one)) return;
      seen.add(one);
      const { file, ref } = one as { file?: unknown; ref?: unknown };
      if (typeof file === 'string') files.add(file);
      const resource = typeof ref === 'string' ? engine.platform.resource(ref) : undefined;
      if (resource) files.add(resource.origin.file);
      for (const inner of one instanceof Map ? one.values() : Object.values(one)) visit(inner);
    };
    visit(value);
    return files;
  }

  /** All objects as Argo CD would apply them, each in the namespace that it ends up in. */
  function stateOf(): string {
    const objects = engine.platform.model.resources.map(({ id, namespace, rendered }) => [
      id,
      { ...rendered, metadata: { ...objectAt(rendered, 'metadata'), namespace } },
    ]);
    return stableStringify(objects);
  }

  return {
    async outcomesOf({ text, mutants }) {
      const order = likelyFirst(mutants[0]?.file ?? '');
      const outcomes: Outcome[] = [];
      for (const mutant of mutants) outcomes.push(await outcomeOf(mutant, text, order));
      return outcomes;
    },
    dispose: () => engine.dispose(),
  };
}

/** A page names lines of manifests; a line that only moved is no change of what it says. */
function withoutLines(markdown: string): string {
  return markdown.replaceAll(/(\.yaml):\d+/g, '$1');
}

/**
 * Whether all that follows from a field is in the objects of the model; what a chart makes of a kustomization
 * is not known here.
 */
function showsInModel({ kind, path }: Mutant): boolean {
  if (kind === 'Kustomization') return /^(resources|configMapGenerator)\b/.test(path);
  return kind !== 'file';
}

export interface Trial {
  /** Of the mutants of one file. */
  outcomesOf(task: Task): Promise<Outcome[]>;
  dispose(): Promise<void>;
}

interface Page {
  markdown: string;
  reads: Set<string>;
}

/** The mutants of one file, and its text before them. */
export interface Task {
  text: string;
  mutants: Mutant[];
}

/**
 * `same objects`: the change is none, since what was left out is filled in from elsewhere (a namespace, by
 * its Application).
 */
export type Outcome = 'failed check' | 'changed render' | 'same objects' | 'survived' | { threw: string };
