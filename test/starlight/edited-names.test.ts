import { expect, test } from 'vitest';
import { editedNames } from '../../plugins/starlight/run/edited-names.ts';

test('edits are told by name, many by their number, and not again', () => {
  const names = editedNames();
  names.add('a.yaml', 'change');
  names.add('a.yaml', 'unlink');
  expect(names.told()).toBe('a.yaml');
  for (const name of ['a.yaml', 'b.yaml']) names.add(name, 'add');
  expect(names.told()).toBe('a.yaml and b.yaml');
  for (const name of ['a.yaml', 'b.yaml', 'c.yaml']) names.add(name, 'change');
  expect(names.told()).toBe('a.yaml and 2 other files');
  expect(names.told()).toBe('the repository');
});

test('a file that an editor writes to put it in the place of another is not', () => {
  const names = editedNames();
  names.add('a.yaml~', 'add');
  names.add('a.yaml~', 'unlink');
  names.add('a.yaml', 'change');
  expect(names.told()).toBe('a.yaml');
});
