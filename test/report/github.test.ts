import { describe, expect, it } from 'vitest';
import { githubSummary } from '../../plugins/report/github-summary.ts';
import { edge, fault, hostileReport, io, place, report, reporters } from './reports.ts';

const linesOf = (text: string) => text.trimEnd().split('\n');

describe('github', () => {
  it('puts a fault on its line, and says the place again for the log', () => {
    const text = reporters.github(report({ diagnostics: [fault(edge)] }), io);
    expect(linesOf(text)).toEqual([
      '::error file=docs/events.md,line=3,endLine=3,col=9,endColumn=25,title=diagram-edge-unbacked::docs/events.md:3:9: no manifest backs this edge%0Aexpected: Sensor/ci-push triggers Application/argocd%0Afound: nothing%0Asee: K8s/sensor.yaml:3 Sensor/ci-push%0Ahelp: drop the edge',
      '2 claims, 1 diagram on 1 page: 1 failed',
    ]);
  });

  it('puts a fault of the manifests alone on its first manifest', () => {
    const [line] = linesOf(
      reporters.github(report({ diagnostics: [fault({ ...edge, page: null, severity: 'warning' })] }), io),
    );
    expect(line).toMatch(/^::warning file=K8s\/sensor\.yaml,line=3,endLine=3,col=3,endColumn=15,/);
  });

  it('leaves columns out where a fault spans lines', () => {
    const diagnostics = [fault({ page: place('docs/a.md', 3, 9, 5, 2) })];
    expect(reporters.github(report({ diagnostics }), io)).toMatch(
      /^::error file=docs\/a\.md,line=3,endLine=5,title=/,
    );
  });

  it('escapes what would end a property or a command', () => {
    const diagnostics = [fault({ page: place('docs/a,b:c%.md', 1, 1), message: '100 % of\r\n::error::x' })];
    const [line] = linesOf(reporters.github(report({ diagnostics }), io));
    expect(line).toContain('file=docs/a%2Cb%3Ac%25.md,');
    expect(line).toMatch(/100 %25 of··::error::x$/);
  });

  it('annotates ten of a kind, those on touched files first, and logs the rest', () => {
    const many = Array.from({ length: 13 }, (_, index) => fault({ page: place(`docs/${index}.md`, 1, 1) }));
    const touched = new Set(['idp/docs/12.md']);
    const path = (file: string) => `idp/${file}`;
    const text = reporters.github(report({ diagnostics: many }), { ...io, touched, path });
    const annotated = linesOf(text).filter((line) => line.startsWith('::'));
    expect(annotated).toHaveLength(10);
    expect(annotated[0]).toContain('file=idp/docs/12.md,');
    expect(annotated[1]).toContain('file=idp/docs/0.md,');
    expect(linesOf(text).slice(10)).toEqual([
      'idp/docs/9.md:1:1: error[diagram-edge-unbacked] no manifest backs this edge',
      'idp/docs/10.md:1:1: error[diagram-edge-unbacked] no manifest backs this edge',
      'idp/docs/11.md:1:1: error[diagram-edge-unbacked] no manifest backs this edge',
      '2 claims, 1 diagram on 1 page: 13 failed',
    ]);
  });

  it('tells what could not be verified in one notice', () => {
    const unverified = Array.from({ length: 12 }, (_, index) => ({
      kind: 'file' as const,
      what: `chart ${index}`,
      why: 'far',
      origin: null,
    }));
    const notices = linesOf(reporters.github(report({ unverified }), io)).filter((line) =>
      line.startsWith('::'),
    );
    expect(notices).toEqual([
      expect.stringMatching(/^::notice title=not verified::12 could not.*%0Achart 9: far%0A… and 2 more$/),
    ]);
  });

  it('lets no name of a manifest or page make a command of its own', () => {
    const text = reporters.github(hostileReport(), io);
    const commands = linesOf(text).filter((line) => /^\s*::|##\[/.test(line));
    expect(commands.length).toBeGreaterThan(10);
    for (const line of commands) expect(line).toMatch(/^::(error|notice) (file|title)=/);
    expect([...text].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });
});

describe('the summary of a step', () => {
  const links = {
    ...io,
    link: (path: string, line: number) => `https://git.example.com/blob/abc/${path}#L${line}`,
  };

  it('has every fault, with links to both sides at the commit', () => {
    const text = githubSummary(report({ diagnostics: [fault(edge)] }), links, 10_000);
    expect(text).toContain(
      '<a href="https://git.example.com/blob/abc/docs/events.md&#35;L3"><code>docs/events.md:3</code></a>',
    );
    expect(text).toContain('blob/abc/K8s/sensor.yaml&#35;L3');
    expect(text).toContain('1 failed');
  });

  it('stays within its limit and says how many it left out', () => {
    const many = Array.from({ length: 500 }, (_, index) => fault({ page: place(`docs/${index}.md`, 1, 1) }));
    const text = githubSummary(report({ diagnostics: many }), links, 20_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    const rows = text.match(/^\| error/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(50);
    expect(text).toContain(`… and ${500 - rows} more`);
    expect(githubSummary(report({ diagnostics: many }), links, 10)).toBe('');
  });

  it('lets no name be Markdown or HTML of its own', () => {
    const text = githubSummary(hostileReport(), links, 1_000_000);
    expect(text).not.toMatch(/<img|\]\(javascript|@everyone|<f>|forged"\/>/);
    for (const line of text.split('\n').filter((one) => one.startsWith('| error')))
      expect(line.split('|')).toHaveLength(6);
  });
});
