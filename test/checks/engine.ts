import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkPages, createEngine, type Engine, type PagesReport } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';

export const fixture = resolve(import.meta.dirname, '../fixtures/checks-platform');

/** An engine over the fixture whose pages are written by the test, each a call of `check`. */
export async function engineWithPages(
  root: string = fixture,
  site?: Parameters<typeof createEngine>[0]['site'],
): Promise<Bench> {
  const docs = temporaryFolder();
  const engine = await createEngine({ root, docs, d2, site });
  let number = 0;
  const write: Bench['write'] = (text, extension = 'md') => {
    number += 1;
    const file = join(docs, `page-${number}.${extension}`);
    writeFileSync(file, text);
    return file;
  };
  return {
    engine,
    docs,
    write,
    async check(text, extension = 'md') {
      const { report } = await checkPages(engine, { pages: [write(text, extension)] });
      return { ...report, diagnostics: report.diagnostics.filter((diagnostic) => diagnostic.page !== null) };
    },
    async close() {
      await engine.dispose();
      rmSync(docs, { recursive: true });
    },
  };
}

/** A repository on disk from the text form of a rule's example: `==> path <==` begins a file. */
export function repositoryFrom(tree: string): string {
  const root = temporaryFolder();
  const settings =
    'layers: { bootstrap: [IT], gitops: [K8s] }\nrepository: { url: "https://git.example.com/shop.git" }\n';
  writeFileSync(join(root, 'plumbline.yaml'), settings);
  for (const folder of ['IT', 'K8s', 'docs']) mkdirSync(join(root, folder));
  const parts = tree.split(/^==> (.+) <==\n/m).slice(1);
  for (let index = 0; index < parts.length; index += 2) {
    const file = join(root, parts[index] ?? '');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, parts[index + 1] ?? '');
  }
  return root;
}

/** A site of Plumbline, of which alone the addresses are known. */
export const bareSite: NonNullable<Parameters<typeof createEngine>[0]['site']> = {
  resources: true,
  facts: {
    ...{ isOwn: true, base: '/', trailingSlash: 'ignore', format: 'directory' },
    ...{ publicDir: '/none', routes: [], locales: [], others: [] },
  },
};

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'plumbline-'));
}

export interface Bench {
  engine: Engine;
  docs: string;
  write(text: string, extension?: string): string;
  check(text: string, extension?: string): Promise<PagesReport['report']>;
  close(): Promise<void>;
}
