import { expect, test } from 'vitest';
import type { JsonObject } from '../../plugins/base/index.ts';
import { filterWords } from '../../plugins/model/events/filter-words.ts';
import { createSpeech } from '../../plugins/words/index.ts';

const data = (path: string, ...value: string[]): JsonObject => ({ path, type: 'string', value });
const inWords = (filters: JsonObject, language = 'en') =>
  createSpeech(language).said(filterWords({ filters }) ?? '');

test('a list in the middle of a sentence has commas, and one word before its last', () => {
  const actions = data('body.action', 'opened', 'reopened', 'synchronize');
  expect(inWords({ data: [actions] })).toBe('action is opened, reopened or synchronize');
  expect(inWords({ data: [actions] }, 'de')).toBe('action gleich opened, reopened oder synchronize ist');
  expect(inWords({ data: [data('body.action', 'opened', 'closed')] })).toBe('action is opened or closed');
  expect(inWords({ data: [actions, data('body.base', 'main')] })).toBe(
    'action is opened, reopened or synchronize and base is main',
  );
});

test('what is several itself is parted by words alone', () => {
  const filters = {
    exprs: [{ expr: 'x == 1', fields: [] }],
    data: [data('body.a', '1'), data('body.b', '2')],
    dataLogicalOperator: 'or',
    script: 'return true',
  };
  const words = filterWords({ filters, filtersLogicalOperator: 'or' }) ?? '';
  expect(createSpeech('en').said(words)).toBe('(x == 1 or (a is 1 or b is 2) or a script agrees)');
});
