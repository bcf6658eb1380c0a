import { expect, test } from 'vitest';
import { readSchema } from '../../plugins/render/schemas/read-schema.ts';
import { settleFile } from '../../plugins/render/schemas/settle-schemas.ts';
import { chartOf } from '../engine/chart-server.ts';
import { noStore } from '../no-store.ts';

/** What a schema refers to, as `santhosh-tekuri/jsonschema` reads it. */
const read = (value: unknown, base = 'file:///values.schema.json') => {
  const found = readSchema(typeof value === 'string' ? value : JSON.stringify(value), base);
  return found && { addresses: found.addresses, refused: found.refused };
};
const at = 'https://e.example/a';

test.each([
  ['its own parts', { $ref: '#/$defs/a', $defs: { a: {} } }, [], []],
  ['an address', { $ref: `${at}/x.json#/a` }, [`${at}/x.json`], []],
  ['a path beside its identifier', { $id: `${at}/s.json`, items: { $ref: 'x.json' } }, [`${at}/x.json`], []],
  ['a path beside nothing', { items: { $ref: 'x.json' } }, [], ['/x.json']],
  ['a file', { $ref: 'file:///etc/passwd' }, [], ['/etc/passwd']],
  ['a query', { $ref: `${at}/x.json?token=1` }, [], [`${at}/x.json?token=1`]],
  ['drafts that are built in', { $schema: 'http://json-schema.org/draft-07/schema#' }, [], []],
  ['another draft', { $schema: 'http://json-schema.org/geo' }, ['http://json-schema.org/geo'], []],
  ['a name that nobody fetches', { $ref: 'urn:a:b' }, [], []],
  ['what is bundled in it', { $defs: { a: { $id: `${at}/x.json` } }, $ref: `${at}/x.json` }, [], []],
  [
    'what is bundled where no schema stands',
    { default: { $id: `${at}/x.json` }, $ref: `${at}/x.json` },
    [`${at}/x.json`],
    [],
  ],
  [
    'what a draft takes for no bundle',
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $defs: { a: { $id: `${at}/x.json` } },
      allOf: [{ $ref: `${at}/x.json` }],
    },
    [`${at}/x.json`],
    [],
  ],
  [
    'an identifier beside a reference once',
    { $schema: 'http://json-schema.org/draft-07/schema#', $id: at, $ref: '/x.json' },
    [],
    ['/x.json'],
  ],
  ['an identifier beside a reference', { $id: at, $ref: '/x.json' }, ['https://e.example/x.json'], []],
  ['a property of that name', { properties: { $ref: { type: 'string' } } }, [], []],
  ['a value that a pointer makes a schema of', { $ref: '#/default', default: { $ref: at } }, [], [at]],
  ['a name that a pointer makes a schema of', { $ref: '#/properties', properties: { $ref: at } }, [], [at]],
])('%s', (_, value, addresses, refused) => {
  expect(read(value)).toEqual({ addresses, refused });
});

test('is written again with nothing else changed', () => {
  const text = `{"maximum":12345678901234567890,"minimum":1.0,"enum":[1e400,"$ref"],"items":{"\\u0024ref":"https://me@e.example/a#/b"}}`;
  expect(readSchema(text, 'file:///s.json')?.write(() => 'file:///1.json')).toBe(
    '{"maximum":12345678901234567890,"minimum":1.0,"enum":[1e400,"$ref"],"items":{"$ref":"file:///1.json#/b"}}',
  );
  expect(read('no JSON')).toBe(null);
  const deep = `${'{"items":'.repeat(2000)}{"$ref":"${at}"}${'}'.repeat(2000)}`;
  expect(read(deep)).toEqual({ addresses: [at], refused: [] });
});

test('of a packed chart, with what it bundles by a name relative to itself', async () => {
  const settled = async (schema: unknown) => {
    const packed = await chartOf('part', '1.0.0', { 'values.schema.json': JSON.stringify(schema) });
    const { unknown, isUnreadable } = settleFile('charts/part-1.0.0.tgz', packed, noStore);
    return { why: unknown?.why ?? null, isUnreadable };
  };
  const bundle = { $ref: 'other.json', $defs: { other: { $id: 'other.json', type: 'object' } } };
  expect(await settled(bundle)).toEqual({ why: null, isUnreadable: false });
  expect(await settled({ ...bundle, items: { $ref: 'gone.json' } })).toEqual({
    why: 'it refers to /gone.json, which Helm would have to fetch',
    isUnreadable: false,
  });
});
