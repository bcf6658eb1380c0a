import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from '../../plugins/platform/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { createEnvironment } from '../../plugins/query/cel/environment.ts';
import { signatures } from '../../plugins/query/cel/signatures.ts';
import { createElements, type Elements, fieldsOf } from '../../plugins/query/elements.ts';
import { createQuery, fields as ownFields, type Query, subjectKinds } from '../../plugins/query/index.ts';
import { modelLists } from '../../plugins/query/model-lists.ts';

let platform: Platform;
let query: Query;
let elements: Elements;
/** The reference platform has nothing of Flux. */
let flux: Platform;

const ofFlux = ['kustomization', 'helmrelease'];

beforeAll(async () => {
  platform = await loadPlatform({ root: resolve(import.meta.dirname, '../..') });
  flux = await loadPlatform({ root: resolve(import.meta.dirname, '../fixtures/flux-shop') });
  query = createQuery(platform);
  elements = createElements(platform);
});

describe('what is documented is what there is', () => {
  test.each(subjectKinds)('names of a row: %s', (kind) => {
    const elements = createElements(ofFlux.includes(kind) ? flux : platform);
    const own = new Set(
      elements.subjects(kind).flatMap((subject) => {
        const written = new Set(Object.keys(subject.resource?.rendered ?? {}));
        const record = new Set(kind === 'resource' ? [] : Object.keys(subject.record));
        return Object.keys(elements.elementOf(subject)).filter(
          (name) => !written.has(name) || record.has(name),
        );
      }),
    );
    expect(own.size).toBeGreaterThan(10);
    const documented = fieldsOf(kind).map(({ name }) => name);
    expect([...own].filter((name) => !documented.includes(name))).toEqual([]);
  });

  test('one result a rule and resource', () => {
    const rows = platform.model.policyResults.map(
      ({ policy, rule, resource }) => `${policy}#${rule}#${resource}`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([]);
  });

  test('lists of the model', () => {
    const lists = Object.entries(platform.model).filter(([, value]) => Array.isArray(value));
    const other = ['roots', 'layers', 'diagnostics', 'unverified', 'findings'];
    expect(modelLists.map(({ name }) => name).toSorted()).toEqual(
      lists
        .map(([name]) => name)
        .filter((name) => !other.includes(name))
        .toSorted(),
    );
  });

  test('functions and methods', () => {
    const { functions } = createEnvironment(platform, elements, {
      spend: () => {},
      spendOnce: () => {},
    }).getDefinitions();
    const known = new Set(functions.map(({ name }) => name).filter((name) => !name.startsWith('_')));
    expect(signatures.map(({ name }) => name).toSorted()).toEqual([...known].toSorted());
  });

  test('every form of a function names it', () => {
    for (const { name, forms } of signatures)
      for (const form of forms) expect(form).toMatch(new RegExp(`(^|\\.)${name}\\(`));
  });
});

describe('every example holds on the reference platform', () => {
  const fields = subjectKinds.flatMap((kind) => fieldsOf(kind).map((field) => ({ kind, ...field })));
  test.each(fields.filter(({ kind, name }) => ownFields[kind].some((one) => one.name === name)))(
    '$kind: $name',
    ({ kind, name, example }) => {
      expect(example).toMatch(new RegExp(`\\b${name}\\b`));
      const selected = createQuery(ofFlux.includes(kind) ? flux : platform).select(example, kind);
      if (!selected.ok) throw new Error(selected.error.message);
      expect(selected.value.length).toBeGreaterThan(0);
    },
  );

  test.each(modelLists)('$name', ({ name, example }) => {
    expect(example).toMatch(new RegExp(`^${name}\\b`));
    expect(query.value(example)).toMatchObject({ ok: true });
  });

  test.each(signatures)('$name', ({ name, example, gives }) => {
    expect(example).toContain(`${name}(`);
    const result = createQuery(ofFlux.includes(name) ? flux : platform).value(example);
    if (!result.ok) throw new Error(result.error.message);
    if (gives === null) expect(result.value).not.toBeNull();
    else expect(JSON.stringify(result.value)).toBe(gives);
  });
});
