import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTaken } from '../../base/index.ts';
import { pagesUnder } from '../../markdown/index.ts';
import type { Config } from '../../source/index.ts';

/** Where the first page goes, by a name that is free; `there` is the page that states something already. */
export async function firstPagePath({
  docs,
  root,
}: Pick<Config, 'docs' | 'root'>): Promise<{ path: string } | { there: string }> {
  for (const page of await pagesUnder(docs, root))
    if (statement.test(readFileSync(page, 'utf8'))) return { there: page };
  const names = ['platform.md', 'our-platform.md', 'what-holds.md'].map((name) => join(docs, name));
  const path = names.find((name) => !isTaken(name));
  return path === undefined ? { there: names[0] ?? docs } : { path };
}

const statement = /(?<![\w:`]):{1,3}(?:claim|fact|table|diagram)(?:\[[^\]]*\])?\{/;
