import { expect, test } from 'vitest';
import { findEngine } from '../../plugins/render/find-engine.ts';
import { foresee } from '../../plugins/render/foresee.ts';
import { renderAll } from '../../plugins/render/render-all.ts';
import { disposePass, openPass } from '../../plugins/render/render-pass.ts';
import { openCache } from '../../plugins/source/index.ts';
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
    known: false,
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
    known: false,
    files: {
      'kustomization.yaml':
        'resources: [../base]\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: replace, path: /metadata/name, value: changed}]"}]\n',
    },
  },
  overwritten: {
    known: false,
    files: {
      'kustomization.yaml':
        'resources: [../base]\nnamespace: shop\npatches: [{target: {kind: ConfigMap, name: settings}, patch: "[{op: add, path: /metadata/annotations, value: {only: this}}]"}]\n',
    },
  },
  prefixed: { known: false, files: { 'kustomization.yaml': 'resources: [../base]\nnamePrefix: web-\n' } },
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

test('what is foreseen is what kustomize tells in annotations, and of the rest it is asked', async () => {
  const sources = await read(tree(files));
  const cache = openCache(null);
  const engine = await findEngine(cache, sources.home);
  const built = async (version: string) => {
    const pass = openPass(sources, { cache });
    pass.engine = { ...engine, version };
    try {
      const foreseen = Object.keys(folders).map((folder) => {
        const analysis = pass.closures.analysis(`K8s/${folder}`);
        const { closures, repository } = pass;
        const isKnown = analysis && foresee(analysis, { closures, repository, readAs: ({ value }) => value });
        return [folder, isKnown !== null];
      });
      const { builds, diagnostics } = await renderAll(pass, []);
      return { foreseen: Object.fromEntries(foreseen), builds: [...builds], diagnostics };
    } finally {
      await disposePass(pass);
    }
  };
  // One that is not known to put a build together as it is foreseen is always asked.
  const [{ foreseen, ...now }, { foreseen: _, ...asked }] = [await built('v5.5.0'), await built('v5.4.0')];
  expect(now).toEqual(asked);
  expect(foreseen).toEqual(
    Object.fromEntries(Object.entries(folders).map(([folder, { known }]) => [folder, known])),
  );
  const objects = now.builds.flatMap(([, build]) => build.objects);
  expect(objects.length).toBeGreaterThan(20);
  expect(now.diagnostics.length).toBeGreaterThan(0);
});
