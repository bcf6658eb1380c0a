import type { RuleName } from '../../plugins/checks/index.ts';
import type { Case, Coverage, Report } from '../../plugins/engine/index.ts';
import { formats, reporters as loaders } from '../../plugins/report/reporters.ts';
import type { Reporter, ReporterIo } from '../../plugins/report/types.ts';
import { type DiagnosticInput, diagnostic, type Place } from '../../plugins/source/index.ts';

/** Every reporter by its format, loaded. */
export const reporters = Object.fromEntries(
  await Promise.all(formats.map(async (format) => [format, await loaders[format]()])),
) as Record<keyof typeof loaders, Reporter>;

/**
 * Names as a hostile manifest or page would choose them: each breaks out of some format where it is not
 * escaped.
 */
export const hostile = [
  '%0A::error::forged',
  '\n::error::forged',
  '##[add-mask]forged',
  ']]></failure><testcase name="forged"/>',
  '"><img src=x onerror=alert(1)>',
  'a | b | `c` [d](javascript:e) <f> @everyone',
  'nul\u0000 bell\u0007 escape\u001b[31m',
  'right \u202eto left\u2066 and \u2028 lines',
  'half \ud800 a pair',
];

export const page = '# Events\n\nÜber 𝒜 sensor -> argocd: sync\n';
const sensor = 'kind: Sensor\nspec:\n  triggers: []\n';
const files: Record<string, string> = { 'docs/events.md': page, 'K8s/sensor.yaml': sensor };

/** `sensor -> argocd` on the third line of the page, behind letters of two and four bytes. */
export const edgePlace = place('docs/events.md', 3, 9, 3, 25);

export function place(
  file: string,
  line: number,
  column: number,
  endLine = line,
  endColumn = column + 1,
): Place {
  return { file, line, column, endLine, endColumn };
}

export const edge: Partial<DiagnosticInput<RuleName>> = {
  page: edgePlace,
  sources: [
    {
      ...place('K8s/sensor.yaml', 3, 3, 3, 15),
      resource: 'Sensor/ci-push',
      path: 'spec.triggers',
      role: 'triggers nothing',
      via: [],
    },
  ],
  expected: 'Sensor/ci-push triggers Application/argocd',
  actual: 'nothing',
  help: 'drop the edge',
};

export function fault(parts: Partial<DiagnosticInput<RuleName>> = {}) {
  const base = { rule: 'diagram-edge-unbacked' as const, message: 'no manifest backs this edge' };
  return diagnostic<RuleName>({ ...base, identity: [JSON.stringify(parts)], ...parts });
}

export function report(parts: Partial<Report> = {}): Report {
  const counts = { facts: 0, claims: 2, tables: 0, diagrams: 1, paths: 0, references: 0 };
  return {
    version: 1,
    commit: null,
    checked: { pages: 1, ...counts, excerpts: 0, commands: 0, links: 0 },
    diagnostics: [],
    unverified: [],
    pages: [],
    off: [],
    ...parts,
  };
}

export function caseOf(parts: Partial<Case> = {}): Case {
  return {
    type: 'claim',
    name: 'Namespaces come first',
    place: place('docs/events.md', 1, 1),
    outcome: 'true',
    held: true,
    fingerprints: [],
    why: [],
    ...parts,
  };
}

export function coverage(parts: Partial<Coverage> = {}): Coverage {
  const none = { checked: 0, unverified: 0, of: 0 };
  return {
    sentences: none,
    tables: none,
    diagrams: none,
    paths: none,
    references: none,
    commands: none,
    excerpts: none,
    links: none,
    suppressions: 0,
    ...parts,
  };
}

export const io: ReporterIo = { color: false, text: (file) => files[file] };

/** A report in which every word that comes from a file is hostile. */
export function hostileReport(): Report {
  const diagnostics = hostile.flatMap((name) => [
    fault({
      message: name,
      page: place(name, 1, 1),
      expected: name,
      actual: name,
      help: name,
      sources: [{ ...place(name, 2, 1), resource: name, path: name, role: name, via: [] }],
    }),
    fault({
      message: name,
      sources: [{ ...place(name, 2, 1), resource: name, path: null, role: '', via: [] }],
    }),
  ]);
  return report({
    diagnostics,
    unverified: hostile.map((name) => ({ kind: 'file', what: name, why: name, origin: place(name, 1, 1) })),
    pages: hostile.map((name) => ({
      file: name,
      coverage: coverage({ sentences: { checked: 0, unverified: 0, of: 1 } }),
      cases: [
        caseOf({
          name,
          fingerprints: diagnostics.filter((one) => one.page?.file === name).map((one) => one.fingerprint),
        }),
        caseOf({ name, outcome: 'unverified', why: [name] }),
      ],
    })),
    baseline: {
      file: 'plumbline-baseline.json',
      known: [],
      gone: hostile.map((name) => ({ fingerprint: name, rule: name, file: name, message: name })),
    },
  });
}
