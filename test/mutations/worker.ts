/** A thread with a copy of the platform of its own: makes one mutant after the other there and says what comes of each. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { objectAt, stableStringify } from '../../plugins/base/index.ts';
import { checkPages, createEngine, renderPageAsMarkdown } from '../../plugins/engine/index.ts';
import { pagesUnder } from '../../plugins/markdown/index.ts';
import { ConfigError, isError } from '../../plugins/source/index.ts';
import type { Mutant } from './mutants.ts';

const { root } = workerData as { root: string };
const engine = await createEngine({ root });
const pages = await pagesUnder(engine.platform.config.docs);
const before = new Map<string, string>();
for (const page of pages) before.set(page, withoutLines((await renderPageAsMarkdown(engine, page)).markdown));

const applied = stateOf();
const port = parentPort;
port?.on('message', async ({ text, mutants }: Task) => {
  // What caught the last mutant of a file is likely to catch its next one.
  const order = [...pages];
  const outcomes: Outcome[] = [];
  for (const mutant of mutants) outcomes.push(await outcomeOf(mutant, text, order));
  port.postMessage(outcomes);
});
port?.postMessage([]);

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
      if (!failed && withoutLines(markdown) === before.get(page)) continue;
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

/** A page names lines of manifests; a line that only moved is no change of what it says. */
function withoutLines(markdown: string): string {
  return markdown.replaceAll(/(\.yaml):\d+/g, '$1');
}

/** Whether all that follows from a field is in the objects of the model; what a chart makes of a kustomization is not known here. */
function showsInModel({ kind, path }: Mutant): boolean {
  if (kind === 'Kustomization') return /^(resources|configMapGenerator)\b/.test(path);
  return kind !== 'file';
}

/** All objects as Argo CD would apply them, each in the namespace that it ends up in. */
function stateOf(): string {
  const objects = engine.platform.model.resources.map(({ id, namespace, rendered }) => [
    id,
    { ...rendered, metadata: { ...objectAt(rendered, 'metadata'), namespace } },
  ]);
  return stableStringify(objects);
}

/** The mutants of one file, and its text before them. */
export interface Task {
  text: string;
  mutants: Mutant[];
}

/** `same objects`: the change is none, since what was left out is filled in from elsewhere (a namespace, by its Application). */
export type Outcome = 'failed check' | 'changed render' | 'same objects' | 'survived' | { threw: string };
