import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { followPages } from '../../plugins/starlight/run/followed-pages.ts';
import { tree } from '../source/tree.ts';

const words = { languages: {}, dictionaries: {} };
const stated = (name: string) => `# ${name}

\`ConfigMap/${name}\` says :fact[]{value="resource('ConfigMap/${name}').data.x"}, as \`web/${name}.yaml\` does.

::table{view="resources" where="name == '${name}'" columns="name, x = data.x"}

\`\`\`sh
kubectl get configmap ${name}
\`\`\`

\`\`\`d2
a: ${name} { link: "gitops:ConfigMap/${name}" }
\`\`\`

\`\`\`yaml source="web/${name}.yaml" at="data"
\`\`\`
`;
const map = (name: string, x: number) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "${x}"}\n`;

test('the report of a page stays as long as nothing on it is otherwise, and keeps no platform of before', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const root = tree({
    'web/a.yaml': map('a', 1),
    'web/b.yaml': map('b', 1),
    'docs/a.md': stated('a'),
    'docs/b.md': stated('b'),
  });
  const engine = await createEngine({ root, docs: undefined, follows: true });
  onTestFinished(() => engine.dispose());
  const followed = followPages({ words, links: { place: () => null }, crowded: [] });
  const reports = async () => (await followed.checkAll(engine, {})).pages;
  const edit = async (x: number) => {
    const before = new WeakRef(engine.platform);
    writeFileSync(join(root, 'web/a.yaml'), map('a', x));
    expect(await engine.reload(['web/a.yaml'])).toBe(true);
    return before;
  };

  const [a, b] = await reports();
  const platforms = [await edit(2)];
  const [nextA, nextB] = await reports();
  expect(nextB).toBe(b);
  expect(nextA).not.toBe(a);
  expect(nextA?.digest).not.toBe(a?.digest);
  expect(nextA?.digest).toBe((await checkPages(engine, {})).pages[0]?.digest);
  // A page that was written again is another one, though it states the same.
  writeFileSync(join(root, 'docs/b.md'), `${readFileSync(join(root, 'docs/b.md'), 'utf8')}\nMore.\n`);
  const [sameA, otherB] = await reports();
  expect(sameA).toBe(nextA);
  expect(otherB).not.toBe(b);
  expect(otherB?.digest).toBe(b?.digest);
  for (const x of [3, 4, 2]) {
    platforms.push(await edit(x));
    expect((await reports())[1]).toBe(otherB);
  }
  expect((await reports())[0]?.digest).toBe(nextA?.digest);

  // What a reference was read from is not collected before the next turn.
  await new Promise((done) => setTimeout(done));
  collect();
  // The first one may be held by what was compiled with it.
  expect(platforms.slice(1).map((one) => one.deref())).toEqual([undefined, undefined, undefined]);
});
