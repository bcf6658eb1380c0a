import { kindOf, type Statement } from '../checks/index.ts';
import type { Resource } from '../model/index.ts';
import type { Place } from '../source/index.ts';
import type { Engine } from './engine.ts';
import type { PageReport } from './judge-page.ts';

/**
 * Where pages speak of a resource, in their order, each line once for a kind of statement: by its name, by
 * its file, or in what they select.
 */
export function mentionsOf(resource: Resource, pages: PageReport[], engine: Engine): Mention[] {
  const all = pages.flatMap(({ verdicts }) =>
    verdicts
      .filter((verdict) => kindOf(verdict.statement).mentions?.(verdict, resource, engine))
      .map(({ statement }) => ({ ...plain(statement.place), how: wordOf(statement) })),
  );
  return [
    ...new Map(all.map((mention) => [`${mention.file}:${mention.line} ${mention.how}`, mention])).values(),
  ];
}

/** A snapshot is a table to the reader, a `d2` fence a diagram. */
function wordOf(statement: Statement): string {
  return kindOf(statement).counted?.one ?? statement.type;
}

function plain({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

export interface Mention extends Place {
  /** Kind of statement: `reference`, `claim`, `table`, … */
  how: string;
}
