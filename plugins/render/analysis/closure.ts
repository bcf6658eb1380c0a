import { compareText } from '../../base/index.ts';
import type { SourceFile, Unverified } from '../../source/index.ts';
import { isComponent, isKustomization, type Repository } from '../repository-files.ts';
import type { Analysis } from './analysis.ts';
import { keptAnalysis } from './kept-analysis.ts';

/**
 * Every kustomization's own analysis, and what a build of it draws in, each worked out once.
 * @param known analyses that differ from what the folder says by itself.
 * @param others has those of all other folders.
 */
export function openClosures(
  repository: Repository,
  known: Iterable<[string, Analysis]> = [],
  others?: Closures,
): Closures {
  const analyses = new Map<string, Analysis | undefined>(known);
  const closures = new Map<string, Closure>();
  const of = (directory: string) => {
    if (!analyses.has(directory)) {
      if (others !== undefined) return others.analysis(directory);
      const file = repository.kustomizationIn(directory);
      analyses.set(directory, file && isKustomization(file) ? keptAnalysis(file, repository) : undefined);
    }
    return analyses.get(directory);
  };
  return {
    analysis: of,
    closure(directory) {
      const known = closures.get(directory) ?? gather(directory, of, repository);
      closures.set(directory, known);
      return known;
    },
  };
}

function gather(directory: string, of: Closures['analysis'], repository: Repository): Closure {
  const own = of(directory);
  const before = own && kept.get(own);
  if (before !== undefined && isStill(before, of, repository)) return before;
  const analyses: Analysis[] = [];
  const seen = new Set<string>();
  const trail = new Set<string>();
  let cyclic = false;
  const visit = (current: string) => {
    if (trail.has(current)) cyclic = true;
    if (seen.has(current)) return;
    seen.add(current);
    const analysis = of(current);
    if (analysis === undefined) return;
    analyses.push(analysis);
    trail.add(current);
    for (const { directory: inner } of [...analysis.includes, ...analysis.components]) visit(inner);
    trail.delete(current);
  };
  visit(directory);
  const [first] = analyses;
  const paths = new Set(analyses.flatMap(({ inputs }) => [...inputs]));
  const files = [...paths].sort(compareText).flatMap((path) => repository.file(path) ?? []);
  const closure: Closure = {
    analyses,
    files,
    cyclic,
    incomplete: analyses.some((analysis) => analysis.removals.length > 0),
    unverified: analyses.flatMap((analysis) => analysis.unverified),
  };
  // One that waits for a file is looked at anew, as that may have come.
  if (first !== undefined && files.length === paths.size) kept.set(first, closure);
  return closure;
}

/** The very same as before while nothing of it has changed, so that what is worked out of it stays, too. */
const kept = new WeakMap<Analysis, Closure>();

/** What analyses say leads from one to the next, so that those which are the very same lead to no others. */
function isStill({ analyses, files }: Closure, of: Closures['analysis'], repository: Repository): boolean {
  return (
    analyses.every((analysis) => of(analysis.directory) === analysis) &&
    files.every((file) => repository.file(file.path) === file)
  );
}

/** True where Argo CD could be pointed at the folder: a Component only works inside a kustomization. */
export function isBuildable(analysis: Analysis | undefined): boolean {
  return analysis !== undefined && !isComponent(analysis.value);
}

export interface Closures {
  /** Undefined where the folder has no kustomization that can be read. */
  analysis(directory: string): Analysis | undefined;
  closure(directory: string): Closure;
}

/** What one build draws in, itself first. */
export interface Closure {
  analyses: Analysis[];
  /** Files that go into the build, by path. */
  files: SourceFile[];
  /** True where a kustomization includes itself. */
  cyclic: boolean;
  /** True where something was taken out, so that a patch may find nothing to patch. */
  incomplete: boolean;
  unverified: Unverified[];
}
