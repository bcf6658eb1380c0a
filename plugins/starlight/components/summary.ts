import type { PageFacts } from '../virtual.ts';

/** `12 claims, 3 tables, 2 diagrams`; what could not be verified and what is wrong comes last, and only where there is any. */
export function summary(page: PageFacts): string {
  const counts: [number, string, string][] = [
    [page.claims, 'claim', 'claims'],
    [page.facts, 'fact', 'facts'],
    [page.tables, 'table', 'tables'],
    [page.diagrams, 'diagram', 'diagrams'],
    [page.paths, 'path', 'paths'],
    [page.references, 'reference', 'references'],
    [page.excerpts, 'excerpt', 'excerpts'],
    [page.commands, 'command', 'commands'],
    [page.links, 'link', 'links'],
    [page.unverified, 'not verified', 'not verified'],
    [page.faults, 'fault', 'faults'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}
