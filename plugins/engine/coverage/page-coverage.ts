import type { Extraction } from '../../checks/index.ts';
import type { Code, Nodes, Root } from 'mdast';
import type { Statement, Verdict } from '../../checks/index.ts';
import type { Case, Coverage, Share } from '../report-types.ts';
import { commandsIn } from '../../checks/index.ts';
import { sentencesOf } from './sentences.ts';

/**
 * How much of a page is checked, out of how much there is. A drawing without a shape or edge that is held to a manifest, a table written
 * by hand, a code block without a source and a link that leads off the site are there and not checked.
 */
export function coverageOf(tree: Root, extraction: Extraction, verdicts: Verdict[], cases: Case[]): Coverage {
  const coverage = emptyCoverage();
  const states = new Map<Nodes, State[]>();
  for (const [index, { statement, node }] of extraction.found.entries()) {
    const verdict = verdicts[index];
    const outcome = cases[index]?.outcome;
    if (!verdict || outcome === undefined) continue;
    const state = stateOf(verdict, outcome);
    const kind = countedAs[statement.type];
    if (kind !== null) count(coverage[kind], state);
    if (inSentences.has(statement.type)) states.set(node, [...(states.get(node) ?? []), state]);
  }
  for (const { nodes } of sentencesOf(tree)) {
    const held = nodes.flatMap((node) => states.get(node) ?? []);
    count(
      coverage.sentences,
      (['checked', 'unverified'] as const).find((state) => held.includes(state)) ?? null,
    );
  }
  countUnstated(tree, extraction, coverage);
  coverage.suppressions = extraction.suppressions.length;
  return coverage;
}

export function emptyCoverage(): Coverage {
  return {
    sentences: nothing(),
    tables: nothing(),
    diagrams: nothing(),
    paths: nothing(),
    references: nothing(),
    commands: nothing(),
    excerpts: nothing(),
    links: nothing(),
    suppressions: 0,
  };
}

/** What is on the page and states nothing: it counts among all, and not among what is checked. */
function countUnstated(tree: Root, { found }: Extraction, coverage: Coverage): void {
  const stated = new Map<Nodes, number>();
  for (const { node } of found) stated.set(node, (stated.get(node) ?? 0) + 1);
  const snapshots = found.flatMap(({ statement }) => (statement.type === 'snapshot' ? [statement] : []));
  const walk = (node: Nodes): void => {
    if (node.type === 'table') {
      const line = node.position?.start.line ?? 0;
      const isSnapshot = snapshots.some(
        ({ bodyPlace }) => bodyPlace.line <= line && line <= bodyPlace.endLine,
      );
      if (!isSnapshot) coverage.tables.of += 1;
    } else if (node.type === 'code') {
      const known = stated.get(node) ?? 0;
      coverage.commands.of += Math.max(0, commandsIn(node) - known);
      const kind = kindOfCode(node);
      if (kind !== null && known === 0) coverage[kind].of += 1;
    } else if (['link', 'image', 'definition'].includes(node.type) && !stated.has(node)) {
      coverage.links.of += 1;
    }
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(tree);
}

/** Blocks in a language of drawings are drawings; of the rest those count that could show a part of a manifest. */
function kindOfCode({ lang }: Code): 'diagrams' | 'excerpts' | null {
  const language = lang?.toLowerCase() ?? '';
  if (['mermaid', 'plantuml', 'dot', 'graphviz'].includes(language)) return 'diagrams';
  return ['yaml', 'yml', 'json', 'toml'].includes(language) ? 'excerpts' : null;
}

function stateOf({ statement, result }: Verdict, outcome: Case['outcome']): State {
  if (statement.type === 'd2' && !isHeld(statement.attributes.edges !== undefined, result)) return null;
  // A command that names nothing of the platform (`kubectl get nodes`) was held to nothing.
  if (statement.type === 'command' && result !== null && 'looked' in result && result.looked.length === 0)
    return null;
  if (outcome === 'unverified') return 'unverified';
  return outcome === 'true' || outcome === 'false' ? 'checked' : null;
}

/** Whether a drawing says anything of the platform: some of its shapes stand for resources, and its edges are not left unchecked. */
function isHeld(isUnchecked: boolean, result: Verdict['result']): boolean {
  if (isUnchecked || result === null || !('bound' in result)) return false;
  return [result, ...result.boards].some(({ bound }) => Object.keys(bound).length > 0);
}

function count(share: Share, state: State): void {
  share.of += 1;
  if (state !== null) share[state] += 1;
}

function nothing(): Share {
  return { checked: 0, unverified: 0, of: 0 };
}

const countedAs: Record<Statement['type'], Exclude<keyof Coverage, 'sentences' | 'suppressions'> | null> = {
  table: 'tables',
  snapshot: 'tables',
  diagram: 'diagrams',
  d2: 'diagrams',
  path: 'paths',
  reference: 'references',
  command: 'commands',
  excerpt: 'excerpts',
  link: 'links',
  fact: null,
  claim: null,
  malformed: null,
};

/** A link that leads somewhere says nothing of the platform. */
const inSentences = new Set<Statement['type']>(['fact', 'claim', 'path', 'reference']);

type State = 'checked' | 'unverified' | null;
