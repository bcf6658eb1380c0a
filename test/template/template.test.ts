import { describe, expect, it } from 'vitest';
import {
  applyTemplatePatch,
  renderTemplate,
  renderText,
  substituteVariables,
} from '../../plugins/template/index.ts';
import { shareOfDay } from '../fuzz.ts';

const go = (text: string, parameters = {}, options: string[] = []) =>
  renderText(text, parameters, { goTemplate: true, goTemplateOptions: options });
const why = (text: string, parameters = {}, options: string[] = []): string => {
  const result = go(text, parameters, options);
  return result.ok ? `rendered: ${result.value}` : result.why;
};

describe('what cannot be known', () => {
  it.each([
    'now | date "2006"',
    'date "2006" nil',
    'randAlphaNum 5',
    'uuidv4',
    'genCA "x" 1',
    'shuffle "abc"',
  ])('%s is named', (call) => {
    const name = call.split(' ')[0];
    expect(why(`{{ ${call} }}`)).toContain(`\`${name}\``);
    expect(why(`{{ ${call} }}`)).toContain('is not evaluated');
  });

  it('the short name of a zone, an address and a number in bits are said', () => {
    expect(why('{{ dateInZone "MST" 0 "Asia/Tokyo" }}')).toContain('short name of a time zone');
    expect(why('{{ printf "%p" list }}')).toContain('an address');
    expect(why('{{ printf "%x" 1.5 }}')).toContain('`%x`');
  });

  it.each(['env "HOME"', 'include "x" .', 'constructor', '__proto__', 'toString2 .'])(
    '%s is no function',
    (call) => {
      expect(why(`{{ ${call} }}`)).toContain(`function "${call.split(' ')[0]}" not defined`);
    },
  );
});

describe('bounds', () => {
  const endless = [
    ['endless numbers', '{{ range 1000000000 }}x{{ end }}'],
    ['endless numbers of nothing', '{{ range 1000000000000 }}{{ end }}'],
    [
      'a format of many flags',
      `{{ range until 9000 }}{{ range until 9000 }}{{ $_ := printf "%${'0'.repeat(50)}d" 1 }}{{ end }}{{ end }}`,
    ],
    [
      'a list that doubles',
      '{{ $x := list 1 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}{{ len $x }}',
    ],
    ['a value that branches', '{{ $d := list 1 }}{{ range until 60 }}{{ $d = list $d $d }}{{ end }}{{ $d }}'],
    [
      'comparisons of long texts',
      '{{ $a := repeat 900000 "x" }}{{ range until 100000 }}{{ $_ := replace "x" "y" $a }}{{ end }}',
    ],
    [
      'nested loops',
      '{{ range until 1000 }}{{ range until 1000 }}{{ range until 1000 }}{{ end }}{{ end }}{{ end }}',
    ],
    ['aliases of YAML', `{{ fromYaml ${JSON.stringify(bomb())} | toJson }}`],
  ] as const;
  // Each uses up all that a template may: the next third each day.
  const { chosen } = shareOfDay(endless, 3);
  it.each(chosen)('%s ends', (_name, text) => {
    expect(go(text).ok).toBe(false);
  });

  it.each([
    ['a template that calls itself', '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}'],
    ['a long list', '{{ until 1000000000 }}'],
    ['a long text', '{{ repeat 1000000000 "x" }}'],
    ['a text that doubles', '{{ $x := "xx" }}{{ range until 60 }}{{ $x = cat $x $x }}{{ end }}{{ $x }}'],
    ['many comparisons', '{{ until 100000 | uniq }}'],
    ['a value that holds itself', '{{ $d := dict }}{{ $d = set $d "d" $d }}{{ toJson $d }}'],
    ['a long name in another case', '{{ snakecase (repeat 900000 "a") }}'],
    ['a long constraint of versions', '{{ semverCompare (repeat 900000 "a") "1.0.0" }}'],
    ['deep parentheses', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
    ['deep blocks', `${'{{ if true }}'.repeat(5000)}${'{{ end }}'.repeat(5000)}`],
  ])('%s ends', (_name, text) => {
    expect(go(text).ok).toBe(false);
  });

  it.each([
    ['slashes', '{{ base (printf "%sx" (repeat 900000 "/")) }}', 'x'],
    [
      'signs that fill up',
      '{{ b32dec (printf "%sx" (repeat 900000 "=")) }}',
      'illegal base32 data at input byte 0',
    ],
    ['blanks', `${' '.repeat(900_000)}x {{- "" }}`, `${' '.repeat(900_000)}x`],
    ['letters on lines of one', '{{ wrapWith 1 "" (repeat 300000 "a") | len }}', '300000'],
  ])('a long run of %s is gone through once', (_name, text, value) => {
    expect(go(text)).toEqual({ ok: true, value });
  });

  it('what is substituted is nested no deeper than somebody would write, and looked through so often', () => {
    const nested = (depth: number) => `${'${a:-'.repeat(depth)}${'}'.repeat(depth)}`;
    expect(substituteVariables(nested(50), () => '').text).toBe('');
    expect(() => substituteVariables(nested(50_000), () => '')).toThrow('nested too deeply');
    const cut = (length: number) => substituteVariables('${a##*x}', () => 'b'.repeat(length));
    expect(cut(1000)).toEqual({ text: 'b'.repeat(1000), unknown: [] });
    expect(cut(900_000)).toEqual({ text: '${a##*x}', unknown: ['a'] });
  });

  it('a patch is nested no deeper than an object may be', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(applyTemplatePatch({}, nested(50)).ok).toBe(true);
    expect(applyTemplatePatch({}, nested(50_000))).toMatchObject({ ok: false, is: 'unknown' });
  });

  it('a pattern that would backtrack for ever matches at once', () => {
    const text = `${'a'.repeat(5000)}b`;
    expect(go('{{ regexMatch "^(a|a)*(a+)+$" .text }}', { text })).toEqual({ ok: true, value: 'false' });
  });
});

describe('data', () => {
  it('keys that JavaScript knows are keys like others', () => {
    expect(why('{{ .constructor }}{{ .toString }}')).toBe('rendered: <no value><no value>');
    const parameters = JSON.parse('{"__proto__": {"polluted": "yes"}}');
    expect(
      renderTemplate({ '{{ index . "__proto__" "polluted" }}': 'x' }, parameters, { goTemplate: true }),
    ).toEqual({
      ok: true,
      value: { yes: 'x' },
    });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('one rendering leaves the parameters of the next alone', () => {
    const parameters = { a: { b: 'c' } };
    expect(go('{{ $_ := set .a "b" "changed" }}{{ .a.b }}', parameters)).toEqual({
      ok: true,
      value: 'changed',
    });
    expect(go('{{ .a.b }}', parameters)).toEqual({ ok: true, value: 'c' });
  });

  it('tells a nil that is there from a key that is not', () => {
    expect(why('{{ .a.b }}')).toBe('rendered: <no value>');
    expect(why('{{ .a.b }}', { a: null })).toContain('nil pointer evaluating interface {}.b');
    expect(why('{{ (.a).b }}', { a: null })).toBe('rendered: <no value>');
  });

  it('says where in the text the fault is', () => {
    expect(why('a\n{{ upper 3 }}')).toBe(
      'failed to execute go template a\n{{ upper 3 }}: template: base:2:9: executing "base" at <3>: expected string; found 3',
    );
  });
});

describe('a patch', () => {
  it('never changes the project', () => {
    const result = applyTemplatePatch({ spec: { project: 'a', x: 1 } }, 'spec: {project: b, x: null, z: on}');
    expect(result).toEqual({ ok: true, value: { spec: { project: 'a', z: true } } });
  });
});

/** Nine lists of nine references, each to the list before. */
function bomb(): string {
  const lines = ['a0: &a0 [x]'];
  for (let level = 1; level < 10; level += 1)
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
  return lines.join('\n');
}
