import type { Diagnostic, Extraction } from '../checks/index.ts';
import { ruleNames, unusedSuppression } from '../checks/index.ts';

/**
 * Takes out of the diagnostics those that a suppression before their block names, and adds a fault for each
 * suppression without a reason, of no known rule, or with nothing to suppress.
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
