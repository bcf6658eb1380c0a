import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { excerptDifference } from '../../plugins/checks/excerpts/line-ranges.ts';
import { linesOf } from '../../plugins/checks/excerpts/passage.ts';
import { renderPageAsMarkdown } from '../../plugins/engine/index.ts';
import { runs } from '../fuzz.ts';
import { isDue } from '../turns.ts';
import { type Bench, engineWithPages, repositoryFrom } from './engine.ts';
import { mend } from './mend.ts';

const tree = `==> K8s/shop/project.yaml <==
# What the shop may do.
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: shop
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "-1"
spec:
  # Nowhere else.
  destinations:
    - server: https://kubernetes.default.svc # in the cluster
      namespace: shop
    # The second is for trials.
    - server: https://kubernetes.default.svc
      namespace: trials
      # until spring
  sourceRepos: ["*", 'b']
  motd: |
    one

    two
==> K8s/shop/two.yaml <==
apiVersion: v1
kind: ConfigMap
metadata: { name: one }
data:
  a: "1"
---
# The second.
apiVersion: v1
kind: ConfigMap
metadata: { name: two, namespace: shop }
data:
  a: "2"
  b: "3"
==> K8s/shop/secret.yaml <==
apiVersion: v1
kind: Secret
metadata: { name: key }
stringData:
  password: planted-value # planted-comment
  # token: planted-before
---
apiVersion: v1
kind: Secret
metadata: { name: none }
stringData:
  # token: planted-only
==> K8s/shop/generated/kustomization.yaml <==
secretGenerator:
  - name: token
    files: [token.txt, ../../../outside/token.txt]
==> K8s/shop/generated/token.txt <==
planted-value
==> outside/token.txt <==
planted-other
==> Taskfile <==
build:
	make all
	make test
==> .npmrc <==
planted-token
`;

let bench: Bench;
let root: string;
beforeAll(async () => {
  root = repositoryFrom(tree);
  symlinkSync('K8s/shop/generated/token.txt', join(root, 'alias.txt'));
  symlinkSync('K8s/shop/project.yaml', join(root, 'alias.yaml'));
  writeFileSync(join(tmpdir(), 'plumbline-beyond.yaml'), 'a: planted-value\n');
  symlinkSync(join(tmpdir(), 'plumbline-beyond.yaml'), join(root, 'beyond.yaml'));
  bench = await engineWithPages(root);
});
afterAll(async () => {
  await bench.close();
  rmSync(root, { recursive: true });
  rmSync(join(tmpdir(), 'plumbline-beyond.yaml'));
});

const fence = (options: string, body = '') => `\`\`\`yaml ${options}\n${body}\`\`\`\n`;
const project = 'source="K8s/shop/project.yaml"';

async function filled(options: string): Promise<string> {
  const { markdown, diagnostics } = await renderPageAsMarkdown(bench.engine, bench.write(fence(options)));
  expect(diagnostics).toEqual([]);
  const text = markdown.replace(/^```.*\n/, '').replace(/\n```\n$/, '\n');
  // What an empty fence is filled with is what a full one may say.
  expect((await bench.check(fence(options, text))).diagnostics).toEqual([]);
  return text;
}

async function stale(options: string, body: string) {
  const page = fence(options, body);
  const { diagnostics } = await bench.check(page);
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['excerpt-stale']);
  const [diagnostic] = diagnostics;
  if (!diagnostic) throw new Error('no fault');
  return { diagnostic, page };
}

it('a stale excerpt is told in the form that its author wrote', async () => {
  const own = 'source="K8s/shop/two.yaml" resource="ConfigMap/one" at="data"';
  const told = async (body: string) => (await stale(own, body)).diagnostic.expected;
  expect([await told('a: "2"\n'), await told('data:\n  a: "2"\n')]).toEqual(['`a: "1"`', '`a: "1"`']);
});

describe('an empty excerpt is filled', () => {
  it('with a mapping, its comments and those above it', async () => {
    expect(await filled(`${project} at="spec.destinations"`)).toBe(`# Nowhere else.
destinations:
  - server: https://kubernetes.default.svc # in the cluster
    namespace: shop
  # The second is for trials.
  - server: https://kubernetes.default.svc
    namespace: trials
    # until spring
`);
  });

  it('with an item of a list, a value, a part of a flow, a text of several lines', async () => {
    expect(await filled(`${project} at="spec.destinations[1]"`)).toBe(`# The second is for trials.
- server: https://kubernetes.default.svc
  namespace: trials
  # until spring
`);
    expect(await filled(`${project} at="spec.destinations[0].server"`)).toBe(
      'server: https://kubernetes.default.svc # in the cluster\n',
    );
    expect(await filled(`${project} at="spec.sourceRepos[1]"`)).toBe("'b'\n");
    expect(await filled('source="K8s/shop/two.yaml" resource="ConfigMap/two" at="metadata.namespace"')).toBe(
      'namespace: shop\n',
    );
    expect(await filled(`${project} at="spec.motd"`)).toBe('motd: |\n  one\n\n  two\n');
    expect(await filled(`${project} at="metadata.annotations['argocd.argoproj.io/sync-wave']"`)).toBe(
      'argocd.argoproj.io/sync-wave: "-1"\n',
    );
  });

  it('with a document, a whole file, or lines of any text', async () => {
    expect(await filled('source="K8s/shop/two.yaml" resource="ConfigMap/shop/two"')).toMatch(
      /^# The second\.\napiVersion: v1\n[\s\S]* {2}b: "3"\n$/,
    );
    expect(await filled('source="K8s/shop/two.yaml" at="data.b"')).toBe('b: "3"\n');
    expect(await filled('source="Taskfile"')).toBe('build:\n\tmake all\n\tmake test\n');
    expect(await filled('source="Taskfile" lines="2-3"')).toBe('make all\nmake test\n');
    expect(await filled('source="alias.yaml" at="kind"')).toBe('kind: AppProject\n');
  });

  it('in lists, quotes and pages with CRLF', async () => {
    const text = `- a\n\n  > ${fence(`${project} at="spec.motd"`).trimEnd().replace('\n', '\n  > ')}\n`;
    const { markdown } = await renderPageAsMarkdown(bench.engine, bench.write(text));
    expect(markdown).toContain('  > motd: |\n  >   one\n  >\n  >   two\n  > ```\n');
    const crlf = fence(`${project} at="spec.motd"`).replaceAll('\n', '\r\n');
    const made = await renderPageAsMarkdown(bench.engine, bench.write(crlf));
    expect(made.markdown).toContain('motd: |\r\n  one\r\n\r\n  two\r\n```\r\n');
  });
});

describe('an excerpt is true', () => {
  it.each([
    [
      'as it stands',
      'destinations[1]',
      '# The second is for trials.\n- server: https://kubernetes.default.svc\n  namespace: trials\n  # until spring\n',
    ],
    ['indented', 'sourceRepos', '    sourceRepos: ["*", \'b\']\n'],
    ['in other quotes and another form', 'sourceRepos', "sourceRepos:\n\n- '*'\n- b\n"],
    ['without its key', 'sourceRepos', "['*', b]\n"],
    [
      'with siblings left out',
      'destinations',
      '# Nowhere else.\ndestinations:\n  # …\n  # The second is for trials.\n  - server: https://kubernetes.default.svc\n    # ...\n',
    ],
  ])('%s', async (_name, at, body) => {
    expect((await bench.check(fence(`${project} at="spec.${at}"`, body))).diagnostics).toEqual([]);
  });

  it('with the options of the code block around ours', async () => {
    const options = `title="x" {1-2} ${project} ins={1} at='spec.sourceRepos' "source" showLineNumbers`;
    const { checked, diagnostics } = await bench.check(fence(options));
    expect(diagnostics).toEqual([]);
    expect(checked.excerpts).toBe(1);
  });
});

describe('an excerpt is stale', () => {
  it('names both lines, what is expected and what is there', async () => {
    const { diagnostic, page } = await stale(
      `${project} at="spec.destinations[0]"`,
      '- server: https://kubernetes.default.svc # in the cluster\n  namespace: store\n',
    );
    expect(diagnostic).toMatchObject({
      message: 'the excerpt is not what `spec.destinations[0]` of `K8s/shop/project.yaml` says',
      page: { line: 3, column: 3, endColumn: 19 },
      expected: '`namespace: shop`',
      actual: '`namespace: store`',
      sources: [{ file: 'K8s/shop/project.yaml', line: 13, path: 'spec.destinations[0]' }],
    });
    expect((await bench.check(mend(page, diagnostic))).diagnostics).toEqual([]);
  });

  it.each([
    ['a changed comment', 'destinations[0].server', 'server: https://kubernetes.default.svc # elsewhere\n'],
    ['a left-out comment', 'destinations[0].server', 'server: https://kubernetes.default.svc\n'],
    ['a missing line', 'motd', 'motd: |\n  one\n'],
    ['a blank line less in a text', 'motd', 'motd: |\n  one\n  two\n'],
    ['a line too many', 'sourceRepos', 'sourceRepos: ["*", \'b\']\nmore: 1\n'],
    ['another order', 'sourceRepos', "sourceRepos: ['b', '*']\n"],
    ['another type', 'sourceRepos', "sourceRepos: ['*', null]\n"],
    ['a list in a list', 'sourceRepos', "sourceRepos: [['*'], 'b']\n"],
    ['what is no YAML', 'sourceRepos', 'sourceRepos: [\n'],
    ['nothing left out where it says so', 'sourceRepos', 'sourceRepos: ["*", \'b\']\n# …\n'],
    [
      'half a sibling left out',
      'destinations',
      '# Nowhere else.\ndestinations:\n  - server: https://kubernetes.default.svc # in the cluster\n  # …\n',
    ],
  ])('%s', async (_name, at, body) => {
    const { diagnostic, page } = await stale(`${project} at="spec.${at}"`, body);
    expect((await bench.check(mend(page, diagnostic))).diagnostics).toEqual([]);
  });

  it('is mended with its left-out lines still left out, in a list with CRLF', async () => {
    const body = 'spec:\n  # …\n  sourceRepos: ["*"]\n  # …\n';
    const page =
      `1. One\n\n   ${fence(`${project} at="spec"`, body).trimEnd().replaceAll('\n', '\n   ')}\n`.replaceAll(
        '\n',
        '\r\n',
      );
    const [diagnostic] = (await bench.check(page)).diagnostics;
    expect(diagnostic?.page?.line).toBe(6);
    const mended = diagnostic && mend(page, diagnostic);
    expect(mended).toBe(page.replace('["*"]', '["*", \'b\']'));
  });

  it('is not mended into a fence that its own text would close', async () => {
    writeFileSync(join(root, 'notes.txt'), 'a\n```\nb\n');
    const { diagnostic } = await stale('source="notes.txt"', 'c\n');
    expect(diagnostic.fix).toBeUndefined();
    expect(diagnostic.help).toContain('more than 3 marks');
  });
});

describe('work', () => {
  it.runIf(isDue(2, 3))(
    'of many ways to read an excerpt is told before it is done, and the rest of the page is checked',
    async () => {
      const [rows, ways] = [20_000, 60_000];
      const list = join(root, 'list.yaml');
      writeFileSync(list, `a:\n${'  - a\n'.repeat(rows)}`);
      const page =
        fence('source="list.yaml" at="a"', '- a\n# …\n'.repeat(ways)) + fence(`${project} at="spec.motd"`);
      const { diagnostics, pages, unverified } = await bench.check(page);
      rmSync(list);
      expect(diagnostics).toEqual([]);
      expect(pages[0]?.cases.map(({ outcome }) => outcome)).toEqual(['unverified', 'true']);
      expect(unverified.filter(({ kind }) => kind === 'work')).toMatchObject([
        {
          kind: 'work',
          what: 'excerpt at line 1',
          why: expect.stringMatching(/takes about .* steps of work/),
        },
      ]);
    },
  );

  it('is the same however many lines are left out', () => {
    const passage = Array.from({ length: 2000 }, () => '- a');
    const body = [...passage.slice(0, 999).flatMap((line) => [line, '# …']), '- a'];
    expect(excerptDifference(body, passage, true)).toBeNull();
    expect(excerptDifference([...body, '# …', '- a'], passage, true)).toMatchObject({ body: 2000 });
  });
});

describe('an excerpt of what is not there', () => {
  const faultOf = async (options: string) => {
    const { diagnostics } = await bench.check(fence(options));
    expect(diagnostics).toHaveLength(1);
    return diagnostics[0];
  };

  it('names the deepest part of a path that exists, and the nearest key', async () => {
    expect(await faultOf(`${project} at="spec.destination[0]"`)).toMatchObject({
      rule: 'excerpt-stale',
      message: '`K8s/shop/project.yaml` has no `spec.destination`',
      actual: '`spec` has `destinations`, `sourceRepos`, `motd`',
      candidates: ['spec.destinations[0]'],
      sources: [{ line: 9, path: 'spec' }],
    });
    expect(await faultOf(`${project} at="metadata.annotations.argocd.argoproj.io/sync-wave"`)).toMatchObject({
      candidates: ["metadata.annotations['argocd.argoproj.io/sync-wave']"],
    });
    expect(await faultOf(`${project} at="spec.destinations[7]"`)).toMatchObject({
      actual: '`spec.destinations` is a list of 2',
      candidates: ['spec.destinations[0]', 'spec.destinations[1]'],
    });
  });

  it('is mended where it is true elsewhere, or the file has only moved', async () => {
    const body = '- b\n';
    const mended = async (options: string, text = '') => {
      const [fault] = (await bench.check(fence(options, text))).diagnostics;
      return fault?.fix?.replacement;
    };
    expect(await mended(`${project} at="spec.sourceRepo"`, 'sourceRepos: ["*", b]\n')).toBe(
      'spec.sourceRepos',
    );
    expect(await mended(`${project} at="spec.sourceRepo"`, body)).toBeUndefined();
    expect(await mended(`${project} at="spec.destinations.server"`, 'https://kubernetes.default.svc\n')).toBe(
      'spec.destinations[1].server',
    );
    expect(await mended(`${project} at="spec.destinations.namespace"`, 'namespace: shop\n')).toBe(
      'spec.destinations[0].namespace',
    );
    expect(await mended('source="K8s/shop/two.yaml" resource="ConfigMap/tow" at="data.b"', 'b: "3"\n')).toBe(
      'ConfigMap/two',
    );
    expect(await mended('source="K8s/store/project.yaml" at="kind"')).toBe('K8s/shop/project.yaml');
    expect(await mended('source="taskfile"')).toBeUndefined();
  });

  it.each([
    ['source="K8s/store/project.yaml"', 'path-missing', 'did you mean `K8s/shop/project.yaml`?'],
    ['source="taskfile"', 'path-missing', 'did you mean `Taskfile`?'],
    ['source=""', 'path-missing', 'correct the path'],
    ['source="K8s/shop"', 'path-missing', ''],
    ['source="../x.yaml"', 'directive-invalid', 'from its root'],
    ['source="/etc/passwd"', 'directive-invalid', 'from its root'],
    ['source="beyond.yaml"', 'directive-invalid', 'from its root'],
    ['source=".npmrc"', 'directive-invalid', 'from its root'],
    [`${project} at="spec..x"`, 'directive-invalid', 'write a path as'],
    [`${project} at="spec.x`, 'directive-invalid', 'write source='],
    [`${project} line="3"`, 'directive-invalid', 'did you mean `lines`?'],
    [`${project} lines="3-2"`, 'directive-invalid', 'lines="10-20"'],
    [`${project} lines="3-200"`, 'excerpt-stale', 'with `at`'],
    [`${project} resource="AppProject/shp"`, 'excerpt-stale', 'did you mean `AppProject/shop`?'],
    ['source="K8s/shop/two.yaml" at="data.a"', 'directive-invalid', 'resource="ConfigMap/one"'],
    ['source="Taskfile" at="build"', 'directive-invalid', 'lines='],
  ])('%s', async (options, rule, help) => {
    const fault = await faultOf(options);
    expect(fault?.rule).toBe(rule);
    expect(fault?.help).toContain(help);
  });
});

describe('values of Secrets', () => {
  it.each([
    'K8s/shop/secret.yaml',
    'K8s/shop/generated/token.txt',
    'alias.txt',
    'outside/token.txt',
    'beyond.yaml',
  ])('are not shown of %s', async (source) => {
    const path = bench.write(fence(`source="${source}"`));
    const { markdown, diagnostics } = await renderPageAsMarkdown(bench.engine, path);
    expect(JSON.stringify([markdown, diagnostics])).not.toContain('planted');
    const wrong = await bench.check(fence(`source="${source}"`, 'a: 1\n'));
    expect(JSON.stringify(wrong)).not.toContain('planted');
  });
});

describe('any document', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 90 }),
    fc.constantFrom('a\n\nb\n', '# …', 'yes', '1', '- x', 'a: b', '\tx', '…', ''),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const key = fc.oneof(
    fc.constantFrom('a', 'b', 'c.d/e', 'on', '1'),
    fc.string({ minLength: 1, maxLength: 8 }),
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(key, tie('node'), { maxKeys: 4 }),
    ),
  }));

  it('is the same in another form, and not the same with another value anywhere', () => {
    const lines = (value: unknown, options = {}) => linesOf(stringify(value, options));
    // Left-out lines are another matter, and control characters do not survive the library's single quotes.
    const plain = fc
      .dictionary(key, node, { minKeys: 1 })
      .filter((value) => !/…|\\[rbfu]|[\u007f-\u00a0\u2028\u2029\ufeff]/.test(JSON.stringify(value)));
    const changed = (value: unknown, at: number): unknown => {
      if (Array.isArray(value) && value.length > 0)
        return value.with(at % value.length, changed(value[at % value.length], at));
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [value];
      const entries = Object.entries(value);
      const [name, inner] = entries[at % entries.length] ?? ['new', null];
      return { ...value, [name]: changed(inner, at) };
    };
    fc.assert(
      fc.property(plain, fc.nat(20), (value, at) => {
        const passage = lines(value);
        const flow = lines(value, { collectionStyle: 'flow', singleQuote: true, lineWidth: 0 });
        expect(excerptDifference(lines(value, { indent: 4 }), passage, true)).toBeNull();
        expect(excerptDifference(flow, passage, true)).toBeNull();
        const other = changed(value, at);
        expect(excerptDifference(lines(other), passage, true)).not.toBeNull();
        expect(excerptDifference(passage, lines(other), true)).not.toBeNull();
      }),
      { numRuns: runs(60) },
    );
  });

  it('fills an excerpt that is true, is stale when a value changes, and is mended', async () => {
    let number = 0;
    mkdirSync(join(root, 'any'));
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(key, node, { minKeys: 1, maxKeys: 4 }),
        fc.boolean(),
        async (document, commented) => {
          number += 1;
          const source = `any/${number}.yaml`;
          const before = { ...document, marker: { value: 'before' } };
          const write = (value: object) => {
            const text = stringify(value);
            writeFileSync(join(root, source), commented ? `# Head.\n${text}# Tail.\n` : text);
          };
          write(before);
          for (const options of [`source="${source}"`, `source="${source}" at="marker"`]) {
            write(before);
            const path = bench.write(fence(options));
            const page = (await renderPageAsMarkdown(bench.engine, path)).markdown;
            expect((await bench.check(page)).diagnostics).toEqual([]);
            write({ ...document, marker: { value: 'after' } });
            const [diagnostic] = (await bench.check(page)).diagnostics;
            expect(diagnostic?.rule).toBe('excerpt-stale');
            if (diagnostic?.fix) expect((await bench.check(mend(page, diagnostic))).diagnostics).toEqual([]);
            else expect(diagnostic?.help).toContain('marks');
          }
        },
      ),
      { numRuns: runs(15) },
    );
  });
});
