import type { Diagnostic } from '../checks/index.ts';
import type { Config } from '../source/index.ts';

/** Diagnostics with the severities of the configuration; those of rules that are off are gone. */
export function bySeverity(diagnostics: Diagnostic[], config: Config): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const severity = config.severity[diagnostic.rule];
    if (severity === 'off') return [];
    return severity === undefined ? [diagnostic] : [{ ...diagnostic, severity }];
  });
}
