import { href, type SiteAddress } from '../../checks/index.ts';
import { type Report, whyWords } from '../../engine/index.ts';
import type { Place, Remedy } from '../../source/index.ts';
import type { PublishedPage } from '../pages/published-page.ts';

/** What was checked, and how each of it fares, as data for whoever builds on the site. */
export function factsOf(report: Report, pages: readonly PublishedPage[], address: SiteAddress): StatedFacts {
  const shown = new Map(pages.map((page) => [page.file, page]));
  return {
    version: 1,
    commit: report.commit,
    checked: { ...report.checked },
    pages: report.pages.map(({ file, cases, coverage }) => {
      const page = shown.get(file);
      return {
        title: page?.title ?? file,
        url: page === undefined ? null : href(address, page.slug),
        file,
        sentences: { checked: coverage.sentences.checked, of: coverage.sentences.of },
        statements: cases
          .filter(({ held }) => held)
          .map((one) => ({
            type: one.type,
            says: one.name,
            line: one.place.line,
            outcome: one.outcome,
            why: one.outcome === 'true' ? null : whyWords(one),
          })),
      };
    }),
    unverified: report.unverified.map(({ what, why, remedy, origin }) => ({
      ...{ what, why, remedy: remedy ?? null, at: placed(origin) },
    })),
    findings: report.diagnostics.map(({ rule, severity, message, page, sources }) => ({
      rule,
      severity,
      message,
      at: placed(page ?? sources[0]),
    })),
  };
}

function placed(at: Pick<Place, 'file' | 'line'> | null | undefined): FilePlace | null {
  return at === null || at === undefined || at.file === '' ? null : { file: at.file, line: at.line };
}

/** `facts.json`. Places are those of the repository, addresses those of the site. */
export interface StatedFacts {
  version: 1;
  commit: string | null;
  /** How many of each kind were judged. */
  checked: Record<string, number>;
  pages: StatedPage[];
  /** What could not be known, and why. */
  unverified: { what: string; why: string; remedy: Remedy | null; at: FilePlace | null }[];
  findings: { rule: string; severity: string; message: string; at: FilePlace | null }[];
}

interface StatedPage {
  title: string;
  /** Null for a page that is not published. */
  url: string | null;
  file: string;
  sentences: { checked: number; of: number };
  statements: { type: string; says: string; line: number; outcome: string; why: string | null }[];
}

interface FilePlace {
  file: string;
  line: number;
}
