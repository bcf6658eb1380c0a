import type { Ways } from '../ways.ts';

const chart = (template: string, more: Record<string, string> = {}) => ({
  'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'c/templates/a.yaml': template,
  'app.yaml':
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: NAME, namespace: argocd}\nspec: {project: default, destination: {server: https://kubernetes.default.svc, namespace: q}, source: {repoURL: https://git.example.com/platform/idp.git, path: HERE/c}}\n',
  ...more,
});
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData:\n  x: N\n';

/** Secrets in the templates of a chart, which an Application renders. */
export const charts: Ways = {
  'a template': chart(secret),
  'a template with a condition': chart(`{{ if true }}\n${secret}{{ end }}\n`),
  'a template whose kind is worked out': chart(
    'apiVersion: v1\nkind: {{ "Secret" }}\nmetadata: {name: NAME}\nstringData:\n  x: N\n',
  ),
  'a template with a default': chart(secret.replace('x: N', 'x: {{ .Values.none | default "N" }}')),
  'a template that encodes': chart(secret.replace('stringData:\n  x: N', 'data:\n  x: {{ "N" | b64enc }}')),
  'a template with an anchor': chart(secret.replace('kind: Secret', 'kind: &k Secret')),
  'a hook': chart(
    secret.replace('{name: NAME}', '{name: NAME, annotations: {"helm.sh/hook": pre-install, note: q}}'),
  ),
  'a template that is refused': chart(`${secret}  z: {{ fail "no N" }}\n`),
  'a value that is required': chart(`${secret}  z: {{ required "N is needed" .Values.none }}\n`),
  'a template that is no YAML': chart(`${secret}  z: "N\n`),
  'a template of a helper': chart('{{ include "s" . }}\n', {
    'c/templates/_h.tpl': `{{ define "s" }}\n${secret}{{ end }}\n`,
  }),
  'a file that a template reads': chart(secret.replace('x: N', 'x: {{ .Files.Get "s.pem" }}'), {
    'c/s.pem': 'N',
  }),
  'a definition beside the templates': chart(secret, { 'c/crds/s.yaml': secret.replace('NAME', 'NAME-2') }),
};
