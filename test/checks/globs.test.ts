import { describe, expect, it } from 'vitest';
import { conjuncts, equality, fieldsOf } from '../../plugins/checks/expressions.ts';
import { matchPaths } from '../../plugins/checks/globs.ts';

const paths = ['IT/a.yaml', 'K8s/app/x.yaml', 'K8s/app/deep/y.yaml', 'K8s/web/x.yaml', 'K8s/web/z-1.yml'];

describe('a pattern of a page', () => {
  it.each([
    ['K8s', 4],
    ['K8s/', 4],
    ['K8s/app', 2],
    ['K8s/app/', 2],
    ['K8s/*/x.yaml', 2],
    ['K8s/*', 4],
    ['K8s/*/', 4],
    ['K8s/**', 4],
    ['K8s/**/y.yaml', 1],
    ['K8s/**/x.yaml', 2],
    ['K8s/…/y.yaml', 1],
    ['K8s/<stack>/x.yaml', 2],
    ['K8s/{stack}/x.yaml', 2],
    [`K8s/\${stack}/x.yaml`, 2],
    ['K8s/{app,web}/x.{yaml,yml}', 2],
    ['{IT,K8s}/*.yaml', 1],
    ['K8s/web/z-?.yml', 1],
    ['K8s/web/z-??.yml', 0],
    ['K8s/ap', 0],
    ['K8s/app/x.yaml/', 0],
    ['k8s/app', 0],
    ['K8s/web/x+yaml', 0],
    ['*', 5],
  ])('%s matches %i files', (pattern, count) => {
    expect(matchPaths(pattern, paths)).toHaveLength(count);
  });

  it('cannot take long', () => {
    const hostile = `K8s/${'*a'.repeat(200)}b`;
    expect(matchPaths(hostile, [`K8s/${'a'.repeat(5000)}`])).toEqual([]);
    expect(matchPaths(`${'**/'.repeat(60)}x`, [`${'a/'.repeat(200)}y`])).toEqual([]);
  });
});

describe('expressions', () => {
  it('fall apart at their outermost &&', () => {
    expect(conjuncts(`kind == 'A && B' && (x && y) && glob(file, "a") `).map(({ text }) => text)).toEqual([
      `kind == 'A && B'`,
      '(x && y)',
      'glob(file, "a")',
    ]);
    expect(conjuncts('a && b || c')).toHaveLength(1);
    expect(conjuncts('a && b')[1]).toEqual({ text: 'b', offset: 5 });
  });
  it('are equalities where the nearest value can be told', () => {
    expect(equality(`spec.x == "a b"`)).toEqual({ path: 'spec.x', literal: 'a b' });
    expect(equality(`'a' == name`)).toEqual({ path: 'name', literal: 'a' });
    expect(equality(`name != 'a'`)).toBeNull();
  });
  it.each([
    ['wave < 0', ['wave']],
    [`labels['a/b'] == 'wave' && spec.x[0].y > 1`, ['labels["a/b"]', 'spec.x[0].y']],
    ['has(spec.hostnames) && spec.hostnames.size() > 0', ['spec.hostnames', 'spec.hostnames']],
    [`name.startsWith("x") || glob(file, 'K8s/*')`, ['name', 'file']],
    ['labels.?owner.orValue("") != ""', ['labels.?owner']],
    ['spec.rules.all(r, r.name != "x") && data.exists(k, k == "y")', ['spec.rules', 'data']],
  ])('%s speaks of %j', (expression, fields) => {
    expect(fieldsOf(expression).map(({ text }) => text.replaceAll("'", '"'))).toEqual(fields);
  });
});
