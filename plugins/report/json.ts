import type { Report } from '../engine/index.ts';

/** The report as it is: `{ version, commit, checked, diagnostics, unverified }`. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
