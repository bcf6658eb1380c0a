import type { Diagnostic } from '../checks/index.ts';
import type { Place } from '../source/index.ts';

/**
 * Faults of the manifests that one line makes for several resources (a set's template, a project's list),
 * each line told once: the first fault, and the resources that it holds for as well; and the files that one
 * kustomization lists in vain. Only for people;
 * machines get each fault by itself.
 */
export function fold(diagnostics: Diagnostic[]): Folded[] {
  const folded = new Map<string, Folded>();
  for (const [index, diagnostic] of diagnostics.entries()) {
    const { rule, severity, sources, expected, actual, help } = diagnostic;
    const [first] = sources;
    const other = otherOf(diagnostic);
    const place = first?.resource ? [sources.map(at), actual] : [first?.file];
    const key = other === null ? String(index) : JSON.stringify([rule, severity, ...place, expected, help]);
    const known = folded.get(key);
    if (!known) folded.set(key, { diagnostic, others: [] });
    else if (other !== null) known.others.push(other);
  }
  return [...folded.values()];
}

/**
 * What a fault that is told with another of its kind is called by: its resource; of what one kustomization
 * lists in vain, what it lists. Null for one that is told by itself.
 */
function otherOf({ rule, page, sources, candidates, actual }: Diagnostic): string | null {
  const [first] = sources;
  if (page !== null || first === undefined) return null;
  if (first.resource) return first.resource;
  return rule === 'render-failed' && first.path !== null && candidates.length === 0
    ? `${actual} (line ${first.line})`
    : null;
}

function at({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

export interface Folded {
  diagnostic: Diagnostic;
  /** References of the further resources, or the further entries. */
  others: string[];
}
