import { isVerdictOf, subjectKind, type Verdict } from '../checks/index.ts';
import type { Resource } from '../model/index.ts';
import type { Place } from '../source/index.ts';
import type { Engine } from './engine.ts';
import type { PageReport } from './judge-page.ts';

/** Where pages speak of a resource, in their order, each line once for a kind of statement: by its name, by its file, or in what they select. */
export function mentionsOf(resource: Resource, pages: PageReport[], engine: Engine): Mention[] {
  const all = pages.flatMap(({ verdicts }) =>
    verdicts
      .filter((verdict) => speaksOf(verdict, resource, engine))
      .map(({ statement }) => ({ ...plain(statement.place), how: words[statement.type] ?? statement.type })),
  );
  return [
    ...new Map(all.map((mention) => [`${mention.file}:${mention.line} ${mention.how}`, mention])).values(),
  ];
}

function speaksOf(verdict: Verdict, resource: Resource, engine: Engine): boolean {
  if (isVerdictOf(verdict, 'reference')) return verdict.result?.resource.id === resource.id;
  if (isVerdictOf(verdict, 'path')) {
    const files = verdict.result?.files ?? [];
    return files.length <= mostFiles && files.includes(resource.origin.file);
  }
  if (isVerdictOf(verdict, 'd2') || isVerdictOf(verdict, 'diagram'))
    return Object.values(verdict.result?.bound ?? {}).includes(resource.id);
  if (isVerdictOf(verdict, 'table') || isVerdictOf(verdict, 'snapshot'))
    return verdict.result?.rows.some(({ id }) => id === resource.id) ?? false;
  if (isVerdictOf(verdict, 'excerpt')) return holds(resource.origin, verdict.result?.source);
  if (isVerdictOf(verdict, 'command'))
    return verdict.result?.looked.includes(`${resource.kind} ${resource.name}`) ?? false;
  if (isVerdictOf(verdict, 'claim') || isVerdictOf(verdict, 'fact'))
    return isSelected(verdict, resource, engine);
  return false;
}

/** Claims and counts speak of all that they select; a value of the resources that its expression names. */
function isSelected(verdict: Verdict, resource: Resource, { platform, query }: Engine): boolean {
  const { statement } = verdict;
  if (statement.type !== 'claim' && statement.type !== 'fact') return false;
  const selection = statement.attributes[statement.type === 'claim' ? 'of' : 'count'];
  if (selection === undefined) {
    const sources = isVerdictOf(verdict, 'fact') ? (verdict.result?.sources ?? []) : [];
    return sources.some(
      (source) => 'resource' in source && source.resource === platform.referenceOf(resource),
    );
  }
  const over = subjectKind(statement);
  const selected = over.ok ? query.select(selection.value, over.kind) : undefined;
  return selected?.ok === true && selected.value.some((subject) => subject.resource?.id === resource.id);
}

function holds(origin: Place, part: Place | undefined): boolean {
  return part?.file === origin.file && origin.line <= part.line && part.line <= origin.endLine;
}

function plain({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/** A path that matches more speaks of a folder, not of what lies in it. */
const mostFiles = 12;

const words: Partial<Record<Verdict['statement']['type'], string>> = { d2: 'diagram', snapshot: 'table' };

export interface Mention extends Place {
  /** Kind of statement: `reference`, `claim`, `table`, … */
  how: string;
}
