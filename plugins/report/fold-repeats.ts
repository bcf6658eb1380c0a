import type { Diagnostic } from '../checks/index.ts';
import type { Place } from '../source/index.ts';

/**
 * Faults of the manifests that one line makes for several resources (a set's template, a project's list),
 * each line told once: the first fault, and the resources that it holds for as well. Only for people;
 * machines get each fault by itself.
 */
export function fold(diagnostics: Diagnostic[]): Folded[] {
  const folded = new Map<string, Folded>();
  for (const [index, diagnostic] of diagnostics.entries()) {
    const { rule, severity, page, sources, expected, actual, help } = diagnostic;
    const [first] = sources;
    const isOwn = page !== null || !first?.resource;
    const key = isOwn
      ? String(index)
      : JSON.stringify([rule, severity, sources.map(at), expected, actual, help]);
    const known = folded.get(key);
    if (!known) folded.set(key, { diagnostic, others: [] });
    else if (first?.resource) known.others.push(first.resource);
  }
  return [...folded.values()];
}

function at({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

export interface Folded {
  diagnostic: Diagnostic;
  /** References of the further resources. */
  others: string[];
}
