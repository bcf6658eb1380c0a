import { describe, expect, test } from 'vitest';
import { noQuestions, questionsIn } from '../../plugins/render/questions/asked-apis.ts';

const template = (path: string, text: string) => ({ path: `templates/${path}`, text });

describe('what a chart asks of a cluster', () => {
  test.each([
    '{{ if .Capabilities.APIVersions.Has "a.io/v1" }}',
    '{{- if and .Values.a ($.Capabilities.APIVersions.Has `a.io/v1`) }}',
    '{{ if (.Capabilities.APIVersions.Has ("a.io/v1")) }}',
    '{{ if include "common.capabilities.apiVersions.has" ( dict "version" "a.io/v1" "context" . ) }}',
  ])('is found: %s', (text) => {
    expect(questionsIn([template('a.yaml', `kind: A\n${text}`)]).apis).toEqual({ 'a.io/v1': ['A'] });
  });

  test('counts where a named template is included, at any depth, and nowhere else', () => {
    const helpers = `{{- define "b.has" }}{{ include "b.deep" . }}{{ end }}
{{- define "b.deep" -}}{{ .Capabilities.APIVersions.Has "b.io/v1/B" }}{{ lookup "v1" "Secret" "" "" }}{{ end }}
{{ define "b.nobody" }}{{ .Capabilities.APIVersions.Has "nobody.io/v1" }}{{ include "b.nobody" . }}{{ end }}`;
    const files = [
      template('_helpers.tpl', helpers),
      template('a.yaml', 'kind: A\n{{ if include "b.has" . }}'),
      { path: 'charts/c/templates/c.yaml', text: 'kind: C\n{{- template "b.deep" . }}' },
      template('d.yaml', 'kind: D\n'),
    ];
    expect(questionsIn(files)).toEqual({
      apis: { 'b.io/v1/B': ['A', 'B', 'C'] },
      any: false,
      lookups: ['A', 'C'],
    });
  });

  test('is all that is served where it makes up a name, and may be any kind where a value asks', () => {
    expect(questionsIn([template('a.yaml', 'kind: A\n{{ .Capabilities.APIVersions.Has $name }}')])).toEqual({
      apis: {},
      any: true,
      lookups: [],
    });
    const value = 'extra: |\n  {{ if .Capabilities.APIVersions.Has "a.io/v1" }}\n';
    const files = [template('a.yaml', 'kind: A\n'), { path: 'values.yaml', text: value }];
    expect(questionsIn(files).apis).toEqual({ 'a.io/v1': ['A'] });
    const words = [
      template('a.yaml', 'kind: A\n# a lookup of "b"\n{{ .Values.lookup "x" }}{{ .Values.APIVersions.x }}'),
      { path: 'README.md', text: value },
    ];
    expect(questionsIn(words)).toEqual(noQuestions);
  });
});
