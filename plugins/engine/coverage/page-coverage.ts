import type { Nodes, Root } from 'mdast';
import {
  type Extraction,
  kindOf,
  type ShareName,
  shares,
  statementKinds,
  type Verdict,
} from '../../checks/index.ts';
import type { Case, Coverage, Share } from '../report-types.ts';
import { sentencesOf } from './sentences.ts';

/**
 * How much of a page is checked, out of how much there is. A drawing without a shape or edge that is held to
 * a manifest, a table written by hand, a code block without a source and a link that leads off the site are
 * there and not checked.
 */
export function coverageOf(tree: Root, extraction: Extraction, verdicts: Verdict[], cases: Case[]): Coverage {
  const coverage = emptyCoverage();
  const states = new Map<Nodes, State[]>();
  for (const [index, { statement, node }] of extraction.found.entries()) {
    const verdict = verdicts[index];
    const outcome = cases[index]?.outcome;
    if (!verdict || outcome === undefined) continue;
    const { share, inSentences } = kindOf(statement);
    const state = share?.isHeld?.(verdict) === false ? null : stateOf(outcome);
    if (share) count(coverage[share.as], state);
    if (inSentences) states.set(node, [...(states.get(node) ?? []), state]);
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
  const none = Object.fromEntries(shares.map(({ as }) => [as, nothing()])) as Record<ShareName, Share>;
  return { sentences: nothing(), ...none, suppressions: 0 };
}

/** What is on the page and states nothing: it counts among all, and not among what is checked. */
function countUnstated(tree: Root, { found }: Extraction, coverage: Coverage): void {
  const stated = new Map<Nodes, number>();
  for (const { node } of found) stated.set(node, (stated.get(node) ?? 0) + 1);
  const kinds = Object.entries(statementKinds).flatMap(([type, { share }]) => {
    const own = found.flatMap(({ statement }) => (statement.type === type ? [statement] : []));
    return share?.unstated ? [{ share, own }] : [];
  });
  const walk = (node: Nodes): void => {
    for (const { share, own } of kinds)
      coverage[share.as].of += share.unstated?.(node, stated.get(node) ?? 0, own) ?? 0;
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(tree);
}

function stateOf(outcome: Case['outcome']): State {
  if (outcome === 'unverified') return 'unverified';
  return outcome === 'true' || outcome === 'false' ? 'checked' : null;
}

function count(share: Share, state: State): void {
  share.of += 1;
  if (state !== null) share[state] += 1;
}

function nothing(): Share {
  return { checked: 0, unverified: 0, of: 0 };
}

type State = 'checked' | 'unverified' | null;
