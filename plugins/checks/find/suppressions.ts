import type { Nodes } from 'mdast';
import type { Positions } from '../../markdown/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { unusedSuppression } from '../rules/pages/suppression-unused.ts';
import { ruleNames } from '../rules.ts';
import type { Extraction, Suppression } from './types.ts';

/** `<!-- plumbline-ignore RULE: reason -->`, in MDX `{/* … *​/}`; null for any other node. */
export function suppressionFrom(node: Nodes, positions: Positions): Suppression | null {
  const type: string = node.type;
  if (type !== 'html' && type !== 'mdxFlowExpression') return null;
  const form =
    type === 'html' ? /^<!--\s*plumbline-ignore\b([\s\S]*?)-->/ : /^\/\*\s*plumbline-ignore\b([\s\S]*?)\*\/$/;
  const match = form.exec('value' in node ? node.value.trim() : '');
  if (!match) return null;
  const start = positions.toReal(node.position?.start.offset ?? 0);
  const end = positions.toReal(node.position?.end.offset ?? 0);
  const [, rule = '', reason = ''] = /^\s*([\w-]*)\s*:?\s*([\s\S]*)$/.exec(match[1] ?? '') ?? [];
  return { rule, reason: reason.trim(), place: positions.place(start, end) };
}

/**
 * Takes out of the diagnostics those that a suppression before their block names, and adds a fault for each suppression without a
 * reason, of no known rule, or with nothing to suppress.
 */
export function suppress({ found, suppressions }: Extraction, diagnostics: Diagnostic[][]): Suppressed {
  const used = new Set<number>();
  const kept = found.map(({ node, ancestors }, index) =>
    (diagnostics[index] ?? []).filter((diagnostic) => {
      const by = suppressions.findIndex(
        ({ rule, reason, block }) =>
          rule === diagnostic.rule &&
          reason !== '' &&
          block !== null &&
          (block === node || ancestors.some((one) => one === block)),
      );
      if (by >= 0) used.add(by);
      return by < 0;
    }),
  );
  const faults = suppressions.flatMap((suppression, index) =>
    used.has(index) ? [] : [unusedSuppression(suppression, ruleNames)],
  );
  return { kept, faults };
}

interface Suppressed {
  /** The diagnostics of each statement that are left. */
  kept: Diagnostic[][];
  faults: Diagnostic[];
}
