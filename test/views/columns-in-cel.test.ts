import { describe, expect, test } from 'vitest';
import { createQuery, fields, subjectKinds, subjectTypes } from '../../plugins/query/index.ts';
import { columnInCel, columnSays, tableOf, tableViews } from '../../plugins/views/index.ts';
import { platform } from './platform.ts';
import { shop } from './shop.ts';

const whole = platform(shop);
const query = createQuery(whole);
const columns = Object.values(tableViews).flatMap((view) =>
  view.columns.map((column) => ({ id: `${view.name}.${column.name}`, view, column })),
);

describe('a column of a view', () => {
  test.each(columns)('$id is a name in CEL, or the message gives the right one', ({ view, column }) => {
    const isField = [...fields[view.subject], ...fields.resource].some(({ name }) => name === column.name);
    const cel = columnInCel(view.subject, column);
    if (cel !== null) {
      const read = query.select(`type(${cel}) == type(${cel})`, view.subject);
      expect(read.ok || read.error.message).toBe(true);
    }
    expect(columnSays(view.subject, column)).not.toBe('');
    if (isField) return;
    const result = tableOf(whole, query, { view: view.name, where: `${column.name} == 'x'` });
    const [fault] = result.ok ? [] : result.faults;
    expect(fault?.message).toMatch(
      `\`${column.name}\` ${column.name === 'for' ? 'is a reserved word' : 'here'}`,
    );
    expect(fault?.query?.candidates).toEqual(cel === null ? [] : [cel]);
    expect(fault?.query?.help).toContain(cel === null ? 'worked out by the table' : `\`${cel}\``);
  });

  test.each(subjectKinds)('is told of a %s in a claim too, where no view is in sight', (kind) => {
    for (const [name, cel] of Object.entries(subjectTypes[kind].shownAs ?? {})) {
      const wrong = query.select(`${name} == 'x'`, kind);
      expect(wrong.ok ? [] : wrong.error.candidates).toEqual([cel]);
      expect(columns.some(({ view, column }) => view.subject === kind && column.name === name)).toBe(true);
    }
  });
});

test('the name of a column is told where a look-up is asked for it', () => {
  const wrong = query.value("application('shop-web').prune");
  expect(wrong).toMatchObject({ ok: false, error: { candidates: ['syncPolicy.prune'] } });
});
