import { expect, test } from 'vitest';
import { madeSecret } from '../../plugins/model/secrets/made-secret.ts';
import type { Resource } from '../../plugins/model/types.ts';

test('a Secret that is made of the same and says the same is the same object, and no other one', () => {
  const own = { id: 'a', layer: 'gitops', stack: null, origin: { file: 'a.yaml' } } as Resource;
  const made = { namespace: 'shop', name: 'login', labels: {}, annotations: {}, type: 'Opaque' };
  const place = { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
  const ask = (more: object, of = own) =>
    madeSecret(of, { ...made, keys: new Set(['b', 'a']), place, source: 'controller', ...more });
  const first = ask({});
  expect(ask({})).toBe(first);
  expect(ask({}, { ...own })).not.toBe(first);
  expect(first.rendered.data).toEqual({ a: '', b: '' });
  expect(ask({ keys: new Set(['c']) }).rendered.data).toEqual({ c: '' });
  expect(ask({ place: { ...place, line: 2 } }).origin.line).toBe(2);
});
