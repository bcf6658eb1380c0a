import type { Diagnostic, Extraction, Located } from '../checks/index.ts';
import { ruleNames, unusedSuppression } from '../checks/index.ts';

/**
 * Takes out of the diagnostics those that a suppression before their block names, and adds a fault for each
 * suppression without a reason, of no known rule, or with nothing to suppress. Where something in its block
 * is not verified, nobody knows whether it is needed.
 * @param open whether each statement is not verified.
 */
export function suppress(
  { found, suppressions }: Extraction,
  diagnostics: Diagnostic[][],
  open: boolean[],
): Suppressed {
  const used = new Set<number>();
  for (const [by, { rule, reason, block }] of suppressions.entries())
    if (
      block !== null &&
      reason !== '' &&
      ruleNames.includes(rule) &&
      found.some((one, index) => open[index] && isIn(one, block))
    )
      used.add(by);
  const kept = found.map(({ node, ancestors }, index) =>
    (diagnostics[index] ?? []).filter((diagnostic) => {
      const by = suppressions.findIndex(
        ({ rule, reason, block }) =>
          rule === diagnostic.rule && reason !== '' && block !== null && isIn({ node, ancestors }, block),
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

function isIn({ node, ancestors }: Pick<Located, 'node' | 'ancestors'>, block: unknown): boolean {
  return block === node || ancestors.some((one) => one === block);
}

interface Suppressed {
  /** The diagnostics of each statement that are left. */
  kept: Diagnostic[][];
  faults: Diagnostic[];
}
