import { describe, expect, it } from 'vitest';
import type { RuleName } from '../../plugins/checks/index.ts';
import type { Report } from '../../plugins/engine/index.ts';
import { type DiagnosticInput, diagnostic, unverifiedChart } from '../../plugins/source/index.ts';
import { coverage, reporters } from './reports.ts';

const page = `# Events

A sensor waits, then syncs.

\`\`\`d2
sensor -> argocd: sync
\`\`\`
`;
const sensor = `kind: Sensor
spec:
  triggers:
    - template:
        argoWorkflow: {}
`;
const files: Record<string, string> = { 'docs/events.md': page, 'K8s/sensor.yaml': sensor };

function report(...diagnostics: Partial<DiagnosticInput<RuleName>>[]): Report {
  const base = {
    rule: 'diagram-edge-unbacked' as const,
    message: 'no manifest backs this edge',
    identity: [],
  };
  return {
    version: 1,
    commit: null,
    checked: {
      pages: 2,
      facts: 0,
      claims: 142,
      tables: 18,
      diagrams: 1,
      paths: 0,
      references: 0,
      excerpts: 0,
      commands: 0,
      links: 0,
    },
    diagnostics: diagnostics.map((parts) => diagnostic<RuleName>({ ...base, ...parts })),
    unverified: [],
    pages: [],
    off: [],
  };
}

const place = { line: 6, column: 1, endLine: 6, endColumn: 17 };
const edge: Partial<DiagnosticInput<RuleName>> = {
  page: { file: 'docs/events.md', ...place },
  sources: [
    {
      file: 'K8s/sensor.yaml',
      line: 5,
      column: 9,
      endLine: 5,
      endColumn: 21,
      resource: 'Sensor/ci-push',
      path: 'spec.triggers[0]',
      role: 'its only trigger',
      via: [{ file: 'K8s/kustomization.yaml', line: 9, what: 'patch' }],
    },
  ],
  expected: 'Sensor/ci-push triggers Application/argocd',
  actual: 'Sensor/ci-push triggers WorkflowTemplate/build',
  help: 'draw `sensor -> build`',
};
const print = (given: Report, color = false) =>
  reporters.pretty(given, { color, text: (file) => files[file] });

describe('pretty', () => {
  it('shows both sides, what was expected and found, and how to mend it', () => {
    expect(print(report(edge))).toBe(`error[diagram-edge-unbacked]: no manifest backs this edge
  docs/events.md:6:1
  6 │ sensor -> argocd: sync
    │ ^^^^^^^^^^^^^^^^
  K8s/sensor.yaml:5:9   Sensor/ci-push, spec.triggers[0]
  5 │         argoWorkflow: {}
    │         ------------ its only trigger
  expected  Sensor/ci-push triggers Application/argocd
  found     Sensor/ci-push triggers WorkflowTemplate/build
  origin    K8s/kustomization.yaml:9 (patch)
  help      draw \`sensor -> build\`
  more      plumbline explain diagram-edge-unbacked

142 claims, 1 diagram, 18 tables on 2 pages: 1 failed
`);
  });

  it('names the command that mends a page, where one does', () => {
    const fix = { replacement: 'build' };
    expect(print(report({ ...edge, fix }))).toContain(
      'help      draw `sensor -> build`  `plumbline fix docs/events.md`\n',
    );
    const page = { file: "docs/our events; it's here.md", ...place };
    expect(print(report({ ...edge, page, help: null, fix }))).toContain(
      "help      `plumbline fix 'docs/our events; it'\\''s here.md'`\n",
    );
  });

  it('tells a rule that fires often as a few blocks, a few lines and a number', () => {
    const many = (count: number) =>
      print(
        report(
          ...Array.from({ length: count }, (_, index) => ({
            ...edge,
            message: `edge ${index} is not backed`,
            identity: [String(index)],
          })),
        ),
      );
    expect(many(10).match(/^error\[/gm)).toHaveLength(10);
    const folded = many(12);
    expect(folded.match(/^error\[/gm)).toHaveLength(3);
    expect(folded).toContain(`diagram-edge-unbacked: 12 faults, the first of them above, and
  docs/events.md:6:1: error[diagram-edge-unbacked] edge 3 is not backed
`);
    expect(folded).toContain(`edge 9 is not backed
  … and 2 more
  see all   --format concise, or --format json
`);
    expect(folded).toContain('12 failed');
    expect(many(2000).split('\n').length).toBeLessThan(60);
  });

  it('tells once what one line of a manifest does to several resources', () => {
    const [source] = edge.sources ?? [];
    if (!source) throw new Error('no source');
    const of = (resource: string, line = source.line): Partial<DiagnosticInput<RuleName>> => ({
      ...{ ...edge, page: null, message: `\`${resource}\` is forbidden`, identity: [resource] },
      sources: [{ ...source, resource, line }],
    });
    const text = print(
      report(of('Application/a'), of('Application/b'), of('Application/c', 4), of('Application/d')),
    );
    expect(text.match(/^error\[.*/gm)).toEqual([
      'error[diagram-edge-unbacked]: `Application/a` is forbidden',
      'error[diagram-edge-unbacked]: `Application/c` is forbidden',
    ]);
    expect(text).toContain('  also      Application/b, Application/d\n');
    expect(text).toContain(': 4 failed');
  });

  it('says how much was checked where nothing is wrong', () => {
    expect(print(report())).toBe('142 claims, 1 diagram, 18 tables on 2 pages: all true\n');
  });

  it('counts warnings, notes and what could not be verified apart', () => {
    const given = report({ severity: 'warning' }, { severity: 'info' });
    const origin = { file: 'K8s/k.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
    given.unverified.push(unverifiedChart({ name: 'loki', version: '6.1.0' }, 'needs the network', origin));
    const text = print(given);
    expect(text).toContain('  helm chart loki 6.1.0: needs the network (K8s/k.yaml:3:1)');
    expect(text).toMatch(/all true, 1 warning, 1 note; 1 could not be verified\n$/);
  });

  it('does not call all true what is not verified', () => {
    const given = report();
    const open = { type: 'fact' as const, name: 'six', place: { file: 'docs/a.md', ...place } };
    given.pages.push({
      ...{ file: 'docs/a.md', coverage: coverage() },
      cases: [{ ...open, outcome: 'unverified', held: true, fingerprints: [], why: ['a chart'] }],
    });
    expect(print(given)).toMatch(/: nothing failed\n$/);
  });

  it('marks one column behind a line that is shorter than its place', () => {
    const far = {
      ...edge,
      page: { file: 'docs/events.md', line: 1, column: 400, endLine: 1, endColumn: 401 },
    };
    expect(print(report(far))).toMatch(/^ +│ {9}\^$/m);
  });

  it('cuts a long line to a window round the mark', () => {
    files['docs/long.md'] = `${'x'.repeat(300)}HERE${'y'.repeat(300)}`;
    const text = print(
      report({ page: { file: 'docs/long.md', line: 1, column: 301, endLine: 1, endColumn: 305 } }),
    );
    const [line = '', marks = ''] = text
      .split('\n')
      .slice(2, 4)
      .map((one) => one.slice(one.indexOf('│') + 2));
    expect(line.length).toBeLessThan(110);
    expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
  });

  it('keeps marks under their words after tabs, and at the end of a line', () => {
    files['docs/tab.md'] = '\t\tabc';
    const text = print(
      report({ page: { file: 'docs/tab.md', line: 1, column: 3, endLine: 1, endColumn: 6 } }),
    );
    expect(text).toContain('1 │   abc\n    │   ^^^\n');
    const beyond = print(
      report({ page: { file: 'docs/tab.md', line: 1, column: 6, endLine: 1, endColumn: 6 } }),
    );
    expect(beyond).toContain('    │      ^\n');
  });

  it('lets no control character of a manifest reach the terminal', () => {
    files['docs/evil.md'] = 'a\u001b[31mred';
    const text = print(
      report({
        message: 'name \u001b]0;x\u0007',
        page: { file: 'docs/evil.md', line: 1, column: 1, endLine: 1, endColumn: 2 },
      }),
    );
    expect([...text].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });

  it('shows the first lines of a long place', () => {
    files['docs/many.md'] = Array.from({ length: 20 }, (_, line) => `line ${line + 1}`).join('\n');
    const text = print(
      report({ page: { file: 'docs/many.md', line: 9, column: 1, endLine: 18, endColumn: 3 } }),
    );
    expect(text).toContain('   9 │ line 9\n     │ ^^^^^^\n  10 │ line 10');
    expect(text).toContain('… 6 more lines');
  });

  it('colours only when asked to', () => {
    expect(print(report(edge), true)).toContain('\u001b[31m');
    expect(print(report(edge), false)).not.toContain('\u001b');
  });
});

describe('json', () => {
  it('is the report as it is', () => {
    const given = report(edge);
    expect(JSON.parse(reporters.json(given, { color: false, text: () => undefined }))).toEqual(given);
  });
});
