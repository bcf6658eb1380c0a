import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCache } from '../../plugins/source/index.ts';
import { renderAll } from '../render/rendering.ts';
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
      JSON.stringify(sources.diagnostics),
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

/** Ways to hold, make or patch a Secret that do not say so plainly; each with its number in place of `N`. */
const oddWays: Record<string, Record<string, string>> = {
  'an anchor before the kind': {
    'a.yaml': 'apiVersion: v1\nkind: &k Secret\nmetadata: {name: a}\nstringData: {x: N}\n',
  },
  'a tag before the kind': {
    'a.yaml': 'apiVersion: v1\nkind: !!str Secret\nmetadata: {name: a}\nstringData: {x: N}\n',
  },
  'an anchor in a broken document': { 'a.yaml': 'kind: &k Secret\nstringData:\n  x: N\n  y: [N\n' },
  'a tag in a broken document': { 'a.yaml': 'kind: !!str Secret\nstringData:\n  x: N\n  y: "N\n' },
  'a broken document without a kind': {
    'a.yaml': 'metadata: {name: a}\nstringData:\n  password: N\n z: [\n',
  },
  'a broken document that says the kind last': { 'a.yaml': 'stringData:\n  x: N\n  y: {N\nkind: Secret\n' },
  'a broken document whose data comes before': { 'a.json': '{"stringData": {"x": "N", "kind": "Secret"' },
  'an alias that nothing is': { 'a.yaml': 'kind: Secret\nstringData:\n  x: *N\n' },
  'a list whose items say no kind': {
    'a.yaml': 'apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: a}\n  stringData: {x: N}\n',
  },
  'a list without a kind': {
    'a.yaml': 'items:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {x: N}}\n',
  },
  'a comment at the top': {
    'a.yaml': '# N\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: N}\n',
  },
  'a comment at the end': {
    'a.yaml': 'apiVersion: v1\nkind: Secret\nstringData: {x: N}\nmetadata: {name: a} # N\n# N\n',
  },
  'a sealed one in the clear': {
    'a.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a}\nspec: {template: {data: {x: N}}}\n',
  },
  'a kubeconfig among the manifests': {
    'a.yaml': 'apiVersion: v1\nkind: Config\nusers: [{name: a, user: {token: N}}]\n',
  },
  'a rule that writes into them': {
    'a.yaml':
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: [Secret]}}]}, mutate: {patchStrategicMerge: {stringData: {+(x): N}}}}]}\n',
  },
  'a rule that writes into any kind': {
    'a.yaml':
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: ["*"]}}]}, mutate: {patchesJson6902: "- {op: add, path: /data/x, value: N}"}}]}\n',
  },
  'a rule that makes them': {
    'a.yaml':
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: [Namespace]}}]}, generate: {apiVersion: v1, kind: Secret, name: x, data: {stringData: {x: N}}}}]}\n',
  },
  'a patch whose target has no kind': {
    'k/kustomization.yaml':
      'resources: [a.yaml]\npatches:\n- target: {name: a}\n  patch: |-\n    - {op: add, path: /data/x, value: N}\n',
    'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {}\n',
  },
  'a patch whose target is a pattern': {
    'k/kustomization.yaml':
      'resources: [a.yaml]\npatches:\n- target: {kind: Sec.*}\n  patch: |-\n    - {op: add, path: /data/x, value: N}\n',
    'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {}\n',
  },
  'a patch in a file whose target has no kind': {
    'k/kustomization.yaml': 'resources: [a.yaml]\npatches:\n- {path: p.yaml, target: {name: a}}\n',
    'k/p.yaml': '- {op: add, path: /data/x, value: N}\n',
    'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {}\n',
  },
  'a generator as a plugin': {
    'k/kustomization.yaml': 'generators: [g.yaml]\n',
    'k/g.yaml':
      'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: a}\nliterals: [x=N]\nfiles: [y=f.txt]\nenvs: [e.txt]\n',
    'k/f.txt': 'N',
    'k/e.txt': 'z=N\n',
  },
  'a generator within the kustomization': {
    'k/kustomization.yaml':
      'generators:\n- |-\n  apiVersion: builtin\n  kind: SecretGenerator\n  metadata: {name: a}\n  literals: [x=N]\n  files: [y=f.txt]\n',
    'k/f.txt': 'N',
  },
  'a literal without a key': { 'k/kustomization.yaml': 'secretGenerator:\n- name: a\n  literals: ["N"]\n' },
  'a literal that is none': {
    'k/kustomization.yaml': 'secretGenerator:\n- name: a\n  literals: ["x=N", {z: N}]\n',
  },
  'env lines that are none': {
    'k/kustomization.yaml': 'secretGenerator:\n- name: a\n  envs: [e.env]\n',
    'k/e.env': '=N\n',
  },
  'a part by a delimiter': {
    'k/kustomization.yaml':
      'resources: [a.yaml, b.yaml]\nreplacements:\n- source: {kind: Secret, name: a, fieldPath: stringData.x, options: {delimiter: ":", index: 1}}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]\n',
    'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: "user:N"}\n',
    'k/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {x: y}\n',
  },
  'a copy of one that is only local': {
    'k/kustomization.yaml':
      'resources: [a.yaml, b.yaml]\nreplacements:\n- source: {kind: Secret, name: a, fieldPath: stringData.x}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]\n',
    'k/a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a, annotations: {config.kubernetes.io/local-config: "true"}}\nstringData: {x: N}\n',
    'k/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {x: y}\n',
  },
  'a copy by a transformer': {
    'k/kustomization.yaml':
      'resources: [a.yaml, b.yaml]\ntransformers:\n- |-\n  apiVersion: builtin\n  kind: ReplacementTransformer\n  metadata: {name: t}\n  replacements:\n  - source: {kind: Secret, name: a, fieldPath: stringData.x, options: {delimiter: "/"}}\n    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]\n',
    'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: "N/y"}\n',
    'k/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {x: y}\n',
  },
  'one that kustomize refuses': {
    'k/kustomization.yaml':
      'resources: [a.yaml]\nreplacements:\n- source: {kind: Secret, name: a, fieldPath: stringData.none}\n  targets: [{select: {kind: Secret}, fieldPaths: [data.x]}]\n',
    'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: N}\ndata: [N]\n',
  },
  'a template with a kind in no plain word': {
    'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    'c/templates/a.yaml': 'kind: {{ .Values.kind }}\ndata:\n  x: N\n',
    'c/templates/b.yaml': 'kind: &k Secret\ndata:\n  x: N\n',
  },
  'a key by its name': {
    id_rsa: 'N',
    'x.tfvars': 'a = "N"',
    kubeconfig: 'token: N',
    '.netrc': 'N',
    'a.pem': 'N',
    'terraform.tfstate': '{"a": "N"}',
  },
};

test.each(Object.entries(oddWays))('no value is anywhere: %s', async (_way, given) => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-cache-'));
  try {
    const value = planted(777);
    const manifests = Object.entries(given).map(([path, text]) => [
      `K8s/${path}`,
      text.replaceAll(/\bN\b/g, value),
    ]);
    const root = tree(Object.fromEntries(manifests));
    const cache = openCache(folder);
    const sources = await read(root, { cache });
    const { builds, diagnostics } = await renderAll(sources, { cache });
    await sources.remember();
    const seen = {
      texts: [...sources.files.values()],
      faults: sources.diagnostics,
      builds: [...builds],
      failures: diagnostics,
      cache: everythingIn(folder),
    };
    for (const [where, found] of Object.entries(seen))
      for (const form of [value, encoded(777)]) expect(JSON.stringify(found), where).not.toContain(form);
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
