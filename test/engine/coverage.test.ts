import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentencesOf } from '../../plugins/engine/coverage/sentences.ts';
import { checkPages, type Share } from '../../plugins/engine/index.ts';
import { parsePage } from '../../plugins/markdown/parse-page.ts';
import { pageFacts } from '../../plugins/starlight/site/page-facts.ts';
import { factsOf } from '../../plugins/starlight/trust/facts.ts';
import { type Bench, engineWithPages } from '../checks/engine.ts';

describe('sentences of a page', () => {
  const sentences = (text: string) => {
    const parsed = parsePage(text, 'md');
    if (!parsed.ok) throw new Error(parsed.message);
    return sentencesOf(parsed.tree).map((sentence) => sentence.text);
  };

  it('are those of paragraphs, lists, quotations and directives; not of headings, tables and code', () => {
    expect(
      sentences(
        '---\ntitle: Not this. Nor this.\n---\n\n# Not. This.\n\nOne. Two!\n\n- Three\n- Four? Five.\n\n> Six.\n\n:::note[Not this]\nSeven.\n:::\n\n| Not | this. |\n|---|---|\n| Nor | this. |\n\n```\nNot. This.\n```\n\n<!-- Not. This. -->\n',
      ),
    ).toEqual(['One.', 'Two!', 'Three', 'Four?', 'Five.', 'Six.', 'Seven.']);
  });

  it('go on over lines, code, numbers and abbreviations', () => {
    expect(
      sentences(
        'Run e.g. Argo CD 3.1 with\n`kubectl apply -f a.yaml. Then` and see\nwhat it says. It (i.e. Argo CD) waits.\n',
      ),
    ).toHaveLength(2);
  });

  it('are none where there is no word', () => {
    expect(sentences('---\n\n…\n\n![](a.png)\n')).toEqual([]);
  });
});

describe('how much of a page is checked', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await engineWithPages();
  });
  afterAll(() => bench.close());
  const share = ({ checked, unverified, of }: Share) => [checked, of, unverified];
  const coverageOf = async (text: string) => {
    const [page] = (await bench.check(text)).pages;
    if (!page) throw new Error('no page was checked');
    return page.coverage;
  };

  it('counts a sentence where something in it was judged, true or false', async () => {
    const { sentences, paths } = await coverageOf(
      'There are :fact[99]{count="kind == \'AppProject\'"} projects. Nothing here. See `K8s/shop/governance/`.\n\n:claim[All of it holds. And so does this.]{of="kind == \'Namespace\'" all="true"} But not this.\n',
    );
    expect(share(sentences)).toEqual([4, 6, 0]);
    expect(share(paths)).toEqual([1, 1, 0]);
  });

  it('counts every sentence of a claim that holds paragraphs', async () => {
    const { sentences } = await coverageOf(
      ':::claim{of="kind == \'Namespace\'" all="true"}\nOne. Two.\n\n- Three\n:::\n\nFour.\n',
    );
    expect(share(sentences)).toEqual([3, 4, 0]);
  });

  it('does not count what is suppressed', async () => {
    const { sentences, paths, suppressions } = await coverageOf(
      '<!-- plumbline-ignore path-missing: it comes later -->\nSee `K8s/later/`.\n',
    );
    expect(share(sentences)).toEqual([0, 1, 0]);
    expect(share(paths)).toEqual([0, 1, 0]);
    expect(suppressions).toBe(1);
  });

  it('counts tables, drawings and blocks that nothing checks', async () => {
    const { tables, diagrams, excerpts, links } = await coverageOf(
      '::table{view="projects"}\n\n| by | hand |\n|---|---|\n| a | b |\n\n```d2\na -> b\n```\n\n```mermaid\nflowchart\n```\n\n```d2 edges="unchecked: no manifest says so"\nshop: { link: "gitops:AppProject/shop" }\n```\n\n```d2\nshop: { link: "gitops:AppProject/shop" }\n```\n\n```yaml\na: 1\n```\n\n[away](https://example.com)\n',
    );
    expect(share(tables)).toEqual([1, 2, 0]);
    expect(share(diagrams)).toEqual([1, 4, 0]);
    expect(share(excerpts)).toEqual([0, 1, 0]);
    expect(share(links)).toEqual([0, 1, 0]);
  });

  it('counts every command of a shell, and those that are looked up', async () => {
    const { commands } = await coverageOf('```sh\ncd K8s && kubectl get ns -n shop\nmake\n```\n');
    expect(commands.of).toBe(3);
    expect(commands.checked + commands.unverified).toBeLessThanOrEqual(1);
  });
});

describe('the cases of a page', () => {
  it('name what is stated, how it fared, and the faults of the report', async () => {
    const bench = await engineWithPages();
    const { pages, diagnostics } = await bench.check(
      '`K8s/none` and `K8s/none`, :fact[2]{count="kind == \'AppProject\'"}\n',
    );
    await bench.close();
    expect(pages[0]?.cases).toMatchObject([
      { type: 'path', name: 'K8s/none', outcome: 'false', fingerprints: [diagnostics[0]?.fingerprint] },
      {
        type: 'path',
        name: 'K8s/none',
        outcome: 'false',
        fingerprints: [`${diagnostics[0]?.fingerprint}-2`],
      },
      { type: 'fact', name: "2, count=kind == 'AppProject'", outcome: 'true', fingerprints: [] },
    ]);
  });

  it('say of one that is held to nothing that it is true of nothing', async () => {
    const bench = await engineWithPages();
    const page = bench.write(
      '```sh\nkubectl apply -f my-own.yaml\n```\n\nCreate `K8s/new.yaml`.\n\nThere are :fact[2]{count="kind == \'AppProject\'"}\n',
    );
    const { pages, report } = await checkPages(bench.engine, { pages: [page] });
    await bench.close();
    const address = { base: '/', trailingSlash: 'always', format: 'directory' } as const;
    const held = pages.flatMap(({ cases }) => cases.map((one) => [one.type, one.outcome, one.held]));
    expect(held).toEqual([
      ['command', 'true', false],
      ['path', 'true', false],
      ['fact', 'true', true],
    ]);
    expect(pages.map((page) => pageFacts(page).found)).toEqual([[{ as: 'facts', number: 1 }]]);
    expect(factsOf(report, [], address).pages[0]?.statements).toMatchObject([
      { type: 'fact', outcome: 'true' },
    ]);
  });
});
