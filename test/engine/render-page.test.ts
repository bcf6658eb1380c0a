import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPageAsMarkdown } from '../../plugins/engine/index.ts';
import { type Bench, engineWithPages } from '../checks/engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const render = async (text: string, extension = 'md') =>
  (await renderPageAsMarkdown(bench.engine, bench.write(text, extension))).markdown;

describe('a page as plain Markdown', () => {
  it('keeps what is not live byte for byte', async () => {
    const text =
      '---\ntitle: "x"\n---\n\n* odd   spacing\n\t* tab\n\n:::note[Hi]\nText 12:30.\n:::\n\n`K8s/shop` <!-- c -->\n\n```d2\na -> b\n```\r\n';
    expect(await render(text)).toBe(text);
  });

  it('resolves facts, claims and what is in claims', async () => {
    const text =
      ':claim[There are :fact[two]{count="kind == \'AppProject\'"} *projects*]{of="kind == \'AppProject\'" any="true"}, :fact[]{count="kind == \'Service\'"}.\n\n' +
      ':::claim{of="true" count=">= 1"}\nOne.\n\nTwo :fact[9]{count="kind == \'AppProject\'"}.\n:::\n\nEnd.\n';
    expect(await render(text)).toBe('There are two *projects*, 1.\n\nOne.\n\nTwo 2.\n\nEnd.\n');
  });

  it('puts tables where they stand, in lists and quotes too', async () => {
    const table = '::table{view="projects" columns="name" where="name == \'shop\'" caption="One"}';
    expect(await render(`${table}\n`)).toBe('**One**\n\n| Project |\n| --- |\n| shop |\n');
    expect(await render(`- a\n\n  ${table}\n\n> - ${table}\n`)).toBe(
      '- a\n\n  **One**\n\n  | Project |\n  | --- |\n  | shop |\n\n> - **One**\n>\n>   | Project |\n>   | --- |\n>   | shop |\n',
    );
  });

  it('writes drawings of the model as D2 that stands alone', async () => {
    const drawn = await render('::diagram{view="projects" title="P"}\n');
    expect(drawn).toMatch(/^\*\*P\*\*\n\n```d2\n[\s\S]*shop[\s\S]*```\n$/);
    const imported = await render(
      '```d2 title="x"\n...@gitops/classes\nAll: {\n  ...@gitops/projects\n}\nOther: @gitops/projects\n```\n',
    );
    expect(imported).toMatch(/^```d2 title="x"\nAll: \{\n {2}direction/);
    expect(imported).toMatch(/\nOther: \{\n/);
    expect(imported).not.toContain('@');
  });

  it('leaves what is at fault as it was written, and says so', async () => {
    const text = '::table{view="nope"}\n';
    const { markdown, diagnostics } = await renderPageAsMarkdown(bench.engine, bench.write(text));
    expect(markdown).toBe(text);
    expect(diagnostics.map((diagnostic) => diagnostic.rule)).toEqual(['directive-invalid']);
  });

  it('is the same twice', async () => {
    const text = '::table{view="resources"}\n\n::diagram{view="applications"}\n';
    expect(await render(text)).toBe(await render(text));
  });
});
