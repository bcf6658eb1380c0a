import { parse } from 'yaml';
import type { Random } from '../random.ts';
import type { Files } from '../repository.ts';
import { reshape, written } from '../shapes.ts';
import { mutated } from '../text.ts';
import { hostileText, wrongValue } from '../words.ts';

/**
 * A chart of this repository that an Application renders, with something wrong in one or two of its files.
 */
export function charts(random: Random): Files {
  const files: Record<string, string> = { ...chart, 'K8s/app.yaml': application(random) };
  for (const path of random.some(2, () => random.pick(Object.keys(files)))) {
    const text = files[path] ?? '';
    const isTemplate = path.includes('/templates/');
    files[path] =
      isTemplate || random.chance(0.4) ? mutated(text, random, templates(random)) : wrong(text, random);
  }
  if (random.chance(0.5)) files['K8s/chart/templates/x.yaml'] = `${templates(random)}\n`;
  return files;
}

function wrong(text: string, random: Random): string {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return text;
  }
  const values = [value];
  reshape(values, random);
  return written(values, random);
}

function application(random: Random): string {
  const helm = random.pick<unknown>([
    {},
    { releaseName: hostileText(random) },
    { valueFiles: ['values.yaml', hostileText(random)], ignoreMissingValueFiles: true },
    { values: hostileText(random) },
    { valuesObject: wrongValue(random) },
    {
      parameters: [
        { name: hostileText(random), value: hostileText(random), forceString: random.chance(0.5) },
      ],
    },
    { fileParameters: [{ name: 'a', path: hostileText(random) }] },
    {
      version: 'v2',
      skipCrds: true,
      passCredentials: true,
      kubeVersion: hostileText(random),
      apiVersions: ['x'],
    },
  ]);
  return written(
    [
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'c', namespace: 'argocd' },
        spec: {
          project: 'default',
          source: { repoURL: 'https://git.example.com/platform/idp.git', path: 'K8s/chart', helm },
          destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
        },
      },
    ],
    random,
  );
}

function templates(random: Random): string {
  return random
    .some(3, () =>
      random.pick([
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x-{{ .Release.Name }}}\ndata:\n{{ toYaml .Values | indent 2 }}',
        '{{- range $k, $v := .Values }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ $k }}}\n{{- end }}',
        '{{ include "chart.name" . }}',
        '{{ required "a is needed" .Values.none }}',
        '{{ fail (printf "no %s" .Values.a) }}',
        '{{ tpl .Values.a . }}',
        '{{ .Files.Get "values.yaml" }}{{ .Files.Glob "**" | toYaml }}',
        '{{ lookup "v1" "Secret" "" "" | toJson }}',
        '{{ now }} {{ randAlphaNum 5 }} {{ uuidv4 }} {{ genCA "a" 1 }}',
        '{{ range until 100000 }}x{{ end }}',
        '{{ getHostByName "localhost" }}{{ env "HOME" }}',
        '{{ .Capabilities.KubeVersion.Version }}{{ .Capabilities.APIVersions.Has "v1" }}',
        '{{ index .Values "a" "b" }}{{ .Values.a.b.c }}',
        '{{ regexReplaceAll "(" .Values.a "" }}',
        '{{ if .Values.b }}kind: Secret{{ else }}kind: [',
      ]),
    )
    .join('\n---\n');
}

const chart = {
  'K8s/chart/Chart.yaml':
    'apiVersion: v2\nname: chart\nversion: 1.0.0\nappVersion: "1"\ntype: application\nkubeVersion: ">=1.20"\ndependencies: [{name: sub, version: "*", repository: "file://../sub", condition: sub.on, tags: [t], alias: s, import-values: [{child: a, parent: b}]}]\n',
  'K8s/chart/values.yaml': 'a: text\nb: {c: [1, 2]}\nsub: {on: false}\nglobal: {x: 1}\n',
  'K8s/chart/values.schema.json': '{"type": "object", "properties": {"a": {"type": "string"}}}',
  'K8s/chart/templates/_helpers.tpl':
    '{{- define "chart.name" -}}{{ .Chart.Name }}-{{ .Release.Name }}{{- end -}}\n',
  'K8s/chart/templates/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ include "chart.name" . }}}\ndata: {a: {{ .Values.a | quote }}}\n',
  'K8s/chart/templates/NOTES.txt': 'Installed {{ .Release.Name }}.\n',
  'K8s/chart/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  'K8s/chart/charts/sub/templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sub}\n',
  'K8s/chart/crds/c.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: foos.example.com}\nspec: {group: example.com, scope: Namespaced, names: {kind: Foo, plural: foos}, versions: []}\n',
  'K8s/chart/.helmignore': '*.bak\n',
};
