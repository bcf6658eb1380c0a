import { type Report, whyWords } from '../engine/index.ts';

/** The report as it is: `{ version, commit, checked, diagnostics, unverified }`. */
export function json(report: Report): string {
  const pages = report.pages.map((page) => ({
    ...page,
    cases: page.cases.map((one) => ({ ...one, why: whyWords(one) })),
  }));
  return `${JSON.stringify({ ...report, pages }, null, 2)}\n`;
}
