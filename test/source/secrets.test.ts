import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blankText, openCache } from '../../plugins/source/index.ts';
import { renderAll } from '../render/rendering.ts';
import { processorTime } from '../times.ts';
import { everythingIn, read, tree } from './tree.ts';

const planted = (number: number) => `Hunter${number}Planted`;
const encoded = (number: number) => Buffer.from(planted(number)).toString('base64');

/** Every place in which a manifest can hold the value of a Secret. */
const files = {
  'K8s/plain.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: plain}\ndata:\n  a: ${encoded(1)}\nstringData:\n  # was ${planted(2)}\n  b: "${planted(3)}" # not ${planted(4)}\n  c: |\n    ${planted(5)}\n    ${planted(6)}\n  d: ${planted(7)}\n    ${planted(8)}\n`,
  'K8s/list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, metadata: {name: in-list}, stringData: {a: ${planted(9)}}}\n`,
  'K8s/applied.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: applied\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","kind":"Secret","stringData":{"a":"${planted(10)}"}}\n`,
  'K8s/aliases.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: aliases\n  annotations: {note: &value ${planted(11)}}\nstringData:\n  a: *value\n  <<: {b: ${planted(12)}}\n`,
  'K8s/merged.yaml': `base: &base {stringData: {a: ${planted(13)}}}\nkind: Secret\napiVersion: v1\nmetadata: {name: merged}\n<<: *base\n`,
  'K8s/sops.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sops}\ndata: {a: "ENC[AES256_GCM,data:${planted(14)},iv:x]"}\nsops: {mac: "ENC[${planted(15)}]", version: 3, pgp: [{enc: "${planted(16)}"}]}\n`,
  'K8s/broken.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: broken}\nstringData:\n  a: ${planted(17)}\n  b: "${planted(18)}\n c: [${planted(19)}\n`,
  'K8s/json.json': `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "json"}, "data": {"a": "${encoded(20)}"}}`,
  'K8s/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
  'K8s/app/templates/secret.yaml': `{{ if .x }}\nkind: Secret\nstringData:\n  a: ${planted(21)}\n{{ end }}\n`,
  'K8s/k/kustomization.yaml': `resources: [cm.yaml]\nsecretGenerator:\n  - name: made\n    literals: [user=me, "password=${planted(22)}"]\n    # password=${planted(23)}\n    files: [key=secret.yaml]\n    envs: [settings.env]\npatches:\n  - target: {kind: Secret}\n    patch: |-\n      - op: add\n        path: /data/more\n        value: ${encoded(24)}\n  - patch: |-\n      apiVersion: v1\n      kind: Secret\n      metadata: {name: made}\n      stringData: {x: ${planted(25)}}\n  - path: patch.yaml\n    target: {kind: Secret, name: made}\n`,
  'K8s/k/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {copied: ""}\n',
  'K8s/k/secret.yaml': `token: ${planted(26)}\n`,
  'K8s/k/settings.env': `TOKEN=${planted(27)}\n`,
  'K8s/k/patch.yaml': `- op: add\n  path: /data/other\n  value: ${planted(28)}\n`,
  'K8s/copied/kustomization.yaml': `resources: [secret.yaml, deploy.yaml]\nreplacements:\n  - source: {kind: Secret, name: s, fieldPath: data.password}\n    targets:\n      - select: {kind: Deployment}\n        fieldPaths: [spec.template.spec.containers.0.env.0.value]\n`,
  'K8s/copied/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {password: ${encoded(29)}}\n`,
  'K8s/copied/deploy.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, env: [{name: P, value: x}]}]}}}\n',
  'K8s/fails/kustomization.yaml': `resources: [../k]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: Secret\n      metadata: {name: no-such}\n      stringData: {x: ${planted(30)}}\n`,
};

test('no value of a Secret is anywhere: texts, values, diagnostics, builds, the cache', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-cache-'));
  try {
    const cache = openCache(folder);
    const root = tree(files);
    const sources = await read(root, { cache });
    const rendered = await renderAll(sources, { cache });
    const seen = [
      JSON.stringify([...sources.files.values()]),
      JSON.stringify(sources.faults),
      JSON.stringify([...rendered.builds.values()]),
      JSON.stringify(rendered.diagnostics),
      everythingIn(folder),
    ];
    const forms = Array.from({ length: 31 }, (_, index) => [planted(index), encoded(index)]).flat();
    for (const text of seen) expect(forms.filter((form) => text.includes(form))).toEqual([]);

    const plain = sources.files.get('K8s/plain.yaml');
    expect(plain?.documents[0]?.value).toMatchObject({
      data: { a: '' },
      stringData: { b: '', c: '', d: '' },
    });
    expect(sources.files.get('K8s/k/kustomization.yaml')?.documents[0]?.value).toMatchObject({
      secretGenerator: [{ literals: ['user=', 'password='] }],
    });
    // The engine itself saw them: what was generated has its keys.
    const made = rendered.builds.get('K8s/k')?.objects.find(({ value }) => value.kind === 'Secret');
    expect(Object.keys(made?.value.data ?? {}).toSorted()).toEqual([
      'TOKEN',
      'key',
      'more',
      'other',
      'password',
      'user',
    ]);
    expect(rendered.builds.get('K8s/fails')?.failed).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what is known to be no Secret is shown as it is, and what is broken as keys', async () => {
  const plain = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a} # note\ndata: {x: shown}\n';
  const root = tree({
    'K8s/a.yaml': plain,
    'K8s/b.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hidden\ndata:\n  "x": [hidden, # hidden\n',
    'K8s/c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    'K8s/c/templates/a.yaml': `{{ if .x }}\n${plain}{{ end }}\n`,
  });
  const { files } = await read(root);
  expect(files.get('K8s/a.yaml')?.text).toBe(plain);
  expect(files.get('K8s/c/templates/a.yaml')?.text).toContain('data: {x: shown}');
  expect(files.get('K8s/b.yaml')?.text).toBe(
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ••••••\ndata:\n  "x": [••••••, • ••••••\n',
  );
});

test('blanked text keeps its lines and columns', async () => {
  const root = tree(files);
  const { files: found } = await read(root);
  for (const [path, original] of Object.entries(files)) {
    const shape = (text: string) => text.split('\n').map((line) => line.length);
    // A private file is not shown at all.
    if (!path.endsWith('.env')) expect(shape(found.get(path)?.text ?? ''), path).toEqual(shape(original));
  }
  expect(found.get('K8s/plain.yaml')?.documents[0]?.locate(['stringData', 'd'])).toMatchObject({
    line: 12,
    column: 6,
  });
});

test('what hides the values of a large file goes through it once, however deep it is indented', () => {
  const text = `{\n${' '.repeat(1600)}a: b\n`.repeat(600);
  const start = processorTime();
  const blanked = blankText(text, [{ from: 0, to: text.length, values: true }]);
  expect(blanked).toBe(text.replaceAll('a: b', '•: •'));
  // A pattern that looks back from each blank takes 7 s.
  expect(processorTime() - start).toBeLessThan(2);
});
