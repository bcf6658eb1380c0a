import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEngine } from '../../plugins/render/engines/find-engine.ts';
import { foresee } from '../../plugins/render/kustomize/foresee.ts';
import { renderAll } from '../../plugins/render/render-all.ts';
import { disposePass, openPass } from '../../plugins/render/render-pass.ts';
import { openCache } from '../../plugins/source/index.ts';
import { runs } from '../fuzz.ts';
import { read, tree } from '../source/tree.ts';

const map = (name: string, metadata = '', data = '{a: b}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${metadata}data: ${data}\n`;
const role = (namespace: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader, namespace: ${namespace}}\nrules: []\n`;
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';

/** What each folder holds beside `base`, and whether where its objects come from is known beforehand. */
const folders: Record<string, { known: boolean; files: Record<string, string> }> = {
  overlay: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base, own.yaml]\nnamespace: shop\nlabels: [{pairs: {team: web}}]\npatches: [{path: patch.yaml}]\n',
      'own.yaml': `${map('own')}---\n${map('other', '  annotations: {}\n')}`,
      'patch.yaml': map('settings', '  annotations: {note: patched}\n', '{a: c}'),
    },
  },
  deleted: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base]\npatches: [{patch: "{$patch: delete, apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}"}]\n',
    },
  },
  namespaces: {
    known: true,
    files: {
      'kustomization.yaml': 'resources: [a.yaml, b.yaml]\ncommonAnnotations: {owner: web}\n',
      'a.yaml': role('a'),
      'b.yaml': role('b'),
    },
  },
  generated: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base]\ncomponents: [../part]\nconfigMapGenerator:\n- {name: made, behavior: merge, literals: [x=y]}\n- {name: kept, behavior: replace, literals: [x=y], options: {disableNameSuffixHash: true}}\n- {name: new, literals: [x=y]}\n',
    },
  },
  operations: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base]\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: add, path: /metadata/annotations/note, value: here}]"}]\n',
    },
  },
  replaced: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base]\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: replace, path: /data/a, value: here}]"}]\n',
    },
  },
  renamed: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base, own.yaml]\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: replace, path: /metadata/name, value: changed}]"}]\n',
      'own.yaml': `${map('other')}---\n${role('a')}`,
    },
  },
  copied: {
    known: false,
    files: {
      'kustomization.yaml':
        'resources: [../base]\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: copy, from: /data/a, path: /metadata/name}]"}]\n',
    },
  },
  swapped: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [own.yaml]\npatches:\n- {target: {kind: ConfigMap, name: one}, patch: "[{op: replace, path: /metadata/name, value: third}]"}\n- {target: {kind: ConfigMap, name: other}, patch: "[{op: replace, path: /metadata/name, value: one}]"}\n',
      'own.yaml': `${map('one', '', '{a: first}')}---\n${map('other', '', '{a: second}')}`,
    },
  },
  regrouped: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [own.yaml]\nnamespace: shop\npatches: [{target: {kind: Secrets}, patch: "[{op: replace, path: /apiVersion, value: new.example/v1}]"}]\n',
      'own.yaml':
        'apiVersion: old.example/v1\nkind: Secrets\nmetadata: {name: one}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: first}\n',
    },
  },
  annotated: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [own.yaml]\nlabels: [{pairs: {team: web}}]\npatches: [{target: {kind: ConfigMap}, patch: "[{op: add, path: /metadata/annotations/a~1b, value: added}, {op: remove, path: /metadata/annotations/z}]"}]\n',
      'own.yaml': `${map('one', '  annotations: {z: last, b: "1"}\n')}---\n${map('other', '  annotations: {z: only}\n')}`,
    },
  },
  emptied: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [own.yaml]\npatches: [{target: {kind: ConfigMap}, patch: "[{op: remove, path: /metadata/annotations/z}]"}]\n',
      'own.yaml': map('one', '  annotations: {z: last}\n'),
    },
  },
  own: {
    known: false,
    files: {
      'kustomization.yaml':
        'resources: [own.yaml]\npatches: [{target: {kind: ConfigMap}, patch: "[{op: add, path: /metadata/annotations/config.kubernetes.io~1origin, value: mine}]"}]\n',
      'own.yaml': map('one', '  annotations: {z: last}\n'),
    },
  },
  hidden: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [own.yaml]\nnamespace: shop\npatches: [{path: patch.yaml, target: {kind: Secret}}]\n',
      'own.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: one}\nstringData: {password: aaaaaaaa}\n',
      'patch.yaml': '- {op: replace, path: /stringData/password, value: hunter2hunter2}\n',
    },
  },
  configured: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base, own.yaml]\nconfigurations: [known.yaml]\nimages: [{name: shop, newTag: "2"}]\n',
      'known.yaml':
        'images: [{path: spec/picture, kind: Shop}]\nnameReference: [{kind: ConfigMap, fieldSpecs: [{kind: Shop, path: spec/settings}]}]\n',
      'own.yaml':
        'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: one}\nspec: {picture: "shop:1", settings: made}\n',
    },
  },
  configuredNames: {
    known: false,
    files: {
      'kustomization.yaml': 'resources: [../base]\nconfigurations: [names.yaml]\n',
      'names.yaml': 'nameReference: [{kind: ConfigMap, fieldSpecs: [{kind: Shop, path: metadata/name}]}]\n',
    },
  },
  overwritten: {
    known: false,
    files: {
      'kustomization.yaml':
        'resources: [../base]\nnamespace: shop\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: add, path: /metadata/annotations, value: {only: this}}]"}]\n',
    },
  },
  prefixed: {
    known: true,
    files: {
      'kustomization.yaml': 'resources: [../base, own.yaml]\nnamePrefix: web-\nnameSuffix: -2\n',
      'own.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n',
    },
  },
  prefixedAndRenamed: {
    known: false,
    files: {
      'kustomization.yaml':
        'resources: [../base]\nnamePrefix: web-\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: replace, path: /metadata/name, value: changed}]"}]\n',
    },
  },
  dates: {
    known: true,
    files: {
      'kustomization.yaml': 'resources: [own.yaml]\nnamespace: shop\n',
      'own.yaml': map('own', '  annotations: {since: 2024-01-02, on: true, count: 3}\n'),
    },
  },
  twice: {
    known: true,
    files: {
      'kustomization.yaml': 'resources: [one, two]\n',
      'one/kustomization.yaml': 'resources: [../../base]\nnamespace: one\n',
      'two/kustomization.yaml': 'resources: [../../base]\nnamespace: two\n',
    },
  },
  anchors: {
    known: false,
    files: {
      'kustomization.yaml': 'resources: [own.yaml]\n',
      'own.yaml': map('own', '  annotations: &same {a: b}\n', '*same'),
    },
  },
  refused: {
    known: true,
    files: {
      'kustomization.yaml':
        'resources: [../base]\npatches: [{patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: nobody}}"}]\n',
    },
  },
};

const files = {
  'K8s/base/kustomization.yaml':
    'resources: [settings.yaml]\ncommonLabels: {app: shop}\nconfigMapGenerator:\n- {name: made, literals: [a=b]}\n- {name: kept, literals: [a=b]}\n',
  'K8s/base/settings.yaml': map('settings'),
  'K8s/part/kustomization.yaml': `${component}resources: [part.yaml]\nlabels: [{pairs: {part: one}}]\n`,
  'K8s/part/part.yaml': map('part'),
  ...Object.fromEntries(
    Object.entries(folders).flatMap(([folder, { files }]) =>
      Object.entries(files).map(([path, text]) => [`K8s/${folder}/${path}`, text]),
    ),
  ),
};

/** What is built of a tree where as much as can be is foreseen, and where the engine is always asked. */
async function built(files: Record<string, string>) {
  const sources = await read(tree(files));
  const cache = openCache(null);
  const engine = await findEngine(cache, sources.home);
  const builtBy = async (version: string) => {
    const pass = openPass(sources, { cache });
    pass.engine = { ...engine, version };
    try {
      const { closures, repository } = pass;
      const foreseen = pass.standing.filter((folder) => {
        const analysis = closures.analysis(folder);
        return analysis && foresee(analysis, { closures, repository, readAs: ({ value }) => value }) !== null;
      });
      const { builds, diagnostics } = await renderAll(pass, []);
      return { foreseen: new Set(foreseen), told: { builds: [...builds], diagnostics } };
    } finally {
      await disposePass(pass);
    }
  };
  const { foreseen, told } = await builtBy('v5.5.0');
  // One that is not known to put a build together as it is foreseen is always asked.
  const { told: asked } = await builtBy('v5.4.0');
  return { foreseen, told, asked };
}

test('what is foreseen is what kustomize tells in annotations, and of the rest it is asked', async () => {
  const { foreseen, told: now, asked } = await built(files);
  expect(now).toEqual(asked);
  const isKnown = Object.keys(folders).map((folder) => [folder, foreseen.has(`K8s/${folder}`)]);
  expect(Object.fromEntries(isKnown)).toEqual(
    Object.fromEntries(Object.entries(folders).map(([folder, { known }]) => [folder, known])),
  );
  const objects = now.builds.flatMap(([, build]) => build.objects);
  expect(objects.length).toBeGreaterThan(20);
  expect(now.diagnostics.length).toBeGreaterThan(0);
});

const name = fc.constantFrom('settings', 'web', 'web-settings', 'made');
const metadata = fc.constantFrom(
  '',
  '  annotations: {z: last, a: first}\n',
  '  annotations: {a: first}\n  namespace: one\n',
  '  annotations: {since: 2024-01-02}\n',
  '  labels: {app: web}\n',
);
const object = fc.oneof(
  fc.tuple(name, metadata).map(([own, more]) => map(own, more)),
  fc.constantFrom('one', 'shop').map(role),
  name.map((own) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${own}}\n`),
  fc
    .tuple(name, name)
    .map(
      ([own, used]) =>
        `apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: ${own}}\nspec: {picture: "shop:1", settings: ${used}}\n`,
    ),
);
const operation = fc.constantFrom(
  '{op: replace, path: /metadata/name, value: changed}',
  '{op: replace, path: /metadata/name, value: web}',
  '{op: add, path: /metadata/annotations/b, value: added}',
  '{op: add, path: /metadata/annotations/b, value: true}',
  '{op: remove, path: /metadata/annotations/a}',
  '{op: replace, path: /apiVersion, value: example.com/v2}',
  '{op: replace, path: /apiVersion, value: new.example/v1}',
  '{op: add, path: /metadata/labels, value: {of: all}}',
  '{op: replace, path: /spec, value: {}}',
);
const target = fc.oneof(
  name.map((own) => `{name: ${own}}`),
  fc
    .tuple(fc.constantFrom('ConfigMap', 'Shop', '(ConfigMap|Shop)'), name)
    .map(([kind, own]) => `{kind: ${kind}, name: ${own}}`),
  fc.constantFrom('{kind: ConfigMap}', '{kind: Shop}', '{kind: Namespace}', '{name: web.*}'),
);
const field = fc.oneof(
  fc.constantFrom(
    'namespace: shop\n',
    'labels: [{pairs: {team: web}}]\n',
    'namePrefix: web-\n',
    'nameSuffix: -settings\nnamespace: one\n',
    'commonAnnotations: {owner: web}\n',
    'configMapGenerator: [{name: made, literals: [a=b]}]\n',
    'configMapGenerator: [{name: settings, behavior: merge, literals: [a=b]}]\n',
    'images: [{name: shop, newTag: "2"}]\n',
  ),
  fc
    .array(fc.tuple(target, operation), { minLength: 1, maxLength: 2 })
    .map(
      (all) => `patches:\n${all.map(([to, change]) => `- {target: ${to}, patch: "[${change}]"}\n`).join('')}`,
    ),
);
const overlay = fc.record({
  base: fc.array(object, { minLength: 1, maxLength: 3 }),
  below: fc.option(field, { nil: '' }),
  above: field,
  own: fc.option(object, { nil: '' }),
});

test('what is foreseen of any overlay is what kustomize tells of it in annotations', async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(overlay, { minLength: 8, maxLength: 8 }), async (overlays) => {
      const files = overlays.flatMap(({ base, below, above, own }, index) => [
        [`K8s/${index}/base/kustomization.yaml`, `resources: [own.yaml]\n${below}`],
        [`K8s/${index}/base/own.yaml`, base.join('---\n')],
        [`K8s/${index}/kustomization.yaml`, `resources: [base${own === '' ? '' : ', own.yaml'}]\n${above}`],
        ...(own === '' ? [] : [[`K8s/${index}/own.yaml`, own]]),
      ]);
      const { foreseen, told, asked } = await built(Object.fromEntries(files));
      known += foreseen.size;
      expect(told).toEqual(asked);
    }),
    { numRuns: runs(3) },
  );
  // Most are foreseen.
  expect(known).toBeGreaterThan(runs(3) * 4);
});
