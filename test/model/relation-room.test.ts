import { expect, test } from 'vitest';
import type { Resource } from '../../plugins/model/index.ts';
import { withinRoom } from '../../plugins/model/relations/room.ts';
import type { Unverified } from '../../plugins/source/index.ts';

const resource = (name: string) =>
  ({
    id: `/Service/${name}`,
    kind: 'Service',
    name,
    origin: { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2, via: [] },
  }) as unknown as Resource;

test('relations are kept of those that have the fewest, and the others are told', () => {
  const [many, few, some] = [resource('many'), resource('few'), resource('some')];
  const unverified: Unverified[] = [];
  const taken = withinRoom(
    [
      [many, 90],
      [few, 1],
      [some, 50],
    ],
    'selects',
    unverified,
    100,
  );
  expect([...taken].map(({ name }) => name)).toEqual(['few', 'some']);
  expect(unverified).toMatchObject([
    { kind: 'partial', what: 'what Service/many selects', fields: ['*'], object: { name: 'many' } },
  ]);
  expect(unverified[0]?.why).toContain('of the 100 relations of this kind that are kept');
});
