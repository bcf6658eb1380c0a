import { describe, expect, it } from 'vitest';
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
    ['K8s/[stack]/x.yaml', 2],
    [`K8s/\${stack}/x.yaml`, 2],
    ['K8s/$STACK/x.yaml', 2],
    ['K8s/$STACK/$FILE.yaml', 2],
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
