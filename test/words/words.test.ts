import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTranslator } from '../../plugins/base/translate.ts';
import { talliesFrom } from '../../plugins/checks/index.ts';
import { siteClasses } from '../../plugins/d2/index.ts';
import { relationTypes } from '../../plugins/model/index.ts';
import { subjectKinds } from '../../plugins/query/index.ts';
import { componentWords } from '../../plugins/starlight/site/site-words.ts';
import { diagramViews, tableViews } from '../../plugins/views/index.ts';
import { columnWord } from '../../plugins/views/words.ts';
import { createSpeech, dictionaryOf, english } from '../../plugins/words/index.ts';
import { words } from '../../plugins/words/speech.ts';

const plugins = resolve(import.meta.dirname, '../../plugins');
const { en, de } = words;
const keys = Object.keys(en);
const singular = (key: string) => key.replace(/_(?:one|other)$/, '');

describe('the words of a site', () => {
  test('are the same keys in every language, with the same values in them', () => {
    const valuesOf = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();
    expect(Object.keys(de).sort()).toEqual([...keys].sort());
    for (const [key, text] of Object.entries(en)) {
      expect(de[key as keyof typeof de].trim(), key).not.toBe('');
      expect(valuesOf(de[key as keyof typeof de]), key).toEqual(valuesOf(text));
    }
  });

  test('have both forms of each plural', () => {
    for (const key of keys.filter((one) => one.endsWith('_one')))
      expect(keys).toContain(`${singular(key)}_other`);
  });

  test.each(['en', 'en-IN', 'de', 'de-CH', 'fr', 'ar-EG', 'fa', 'en-u-nu-deva'])(
    'have numbers as %s writes them',
    (language) => {
      const say = createTranslator(language, { many_other: '{{count, number}}' });
      const numbers = [0, 7, 999, 1000, 1234567, 2.5, -3];
      expect(numbers.map((count) => say({ key: 'many', values: { count } }))).toEqual(
        numbers.map((count) => new Intl.NumberFormat(language).format(count)),
      );
    },
  );

  test('of components are all built into the pages', () => {
    const built = componentWords({ languages: {}, dictionaries: { en: {} } }).en ?? {};
    const families = new Set(Object.keys(built).map((key) => key.split('.')[0]));
    const files = [
      ...filesUnder(join(plugins, 'starlight/components')),
      join(plugins, 'starlight/site/route.ts'),
    ];
    const said = files.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/\bsay\([^)]*?['`](\w+)\.|startsWith\('(script)\.'/g),
    ]);
    expect(said.length).toBeGreaterThan(15);
    expect(said.map(([, family, script]) => family ?? script).filter((one) => !families.has(one))).toEqual(
      [],
    );
  });

  test('are all said somewhere', () => {
    const tables = new Set([
      ...Object.values(tableViews).flatMap((view) => [
        `view.${view.name}`,
        ...view.columns.map(({ label }) => columnWord(label)),
      ]),
      ...Object.values(diagramViews).map(({ name }) => `diagram.${name}`),
      ...relationTypes.flatMap(({ type }) => [`relation.${type}.out`, `relation.${type}.in`]),
      ...talliesFrom().map(({ as }) => `statement.${as}`),
      ...subjectKinds.map((kind) => `subject.${kind}`),
      ...['all', 'any', 'none'].map((quantifier) => `claim.${quantifier}`),
      ...['error', 'warning', 'info'].map((severity) => `status.${severity}`),
      ...['true', 'notVerified', 'false', 'suppressed', 'sentences'].map((column) => `status.${column}`),
      ...['verified', 'made'].map((state) => `mark.${state}`),
      ...['checked', 'verified', 'made'].flatMap((how) => [`foot.${how}`, `foot.${how}At`]),
    ]);
    const sources = filesUnder(plugins)
      .filter((file) => /\.(?:ts|astro)$/.test(file) && !/\/words\/(?:en|de)\b/.test(file))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const sections = [...sources.matchAll(/\n {4}slug: '([\w-]+)'/g)].map(([, slug]) => slug);
    expect(sections.length).toBeGreaterThan(5);
    for (const slug of sections) tables.add(`section.${slug}`).add(`section.${slug}Intro`);
    for (const slug of [...sections, 'stacks', 'folders', 'resources', 'pages']) tables.add(`way.${slug}`);
    for (const name of Object.keys(siteClasses)) tables.add(`shape.${name}`);
    const unsaid = [...new Set(keys.map(singular))].filter(
      (key) =>
        !tables.has(key) &&
        !sources.includes(`'${key}'`) &&
        !sources.includes(`'plumbline.${key}'`) &&
        !sources.includes(`'${key.replace(/^(?:script|search|answer)\./, '')}'`),
    );
    expect(unsaid).toEqual([]);
  });

  test('are those that views and relations have in English', () => {
    for (const { name, title, columns } of Object.values(tableViews)) {
      expect(dictionaryOf('en', {})[`view.${name}`]).toBe(title);
      for (const { label } of columns) expect(dictionaryOf('en', {})[columnWord(label)]).toBe(label);
    }
    for (const { name, title } of Object.values(diagramViews).filter(({ subject }) => subject !== null))
      expect(dictionaryOf('en', {})[`diagram.${name}`]).toBe(title);
    for (const { type, verb, passive } of relationTypes) {
      expect(dictionaryOf('en', {})[`relation.${type}.out`]).toBe(verb);
      expect(dictionaryOf('en', {})[`relation.${type}.in`]).toBe(passive);
    }
    for (const { as, one, many } of talliesFrom()) {
      expect(english.said({ key: `statement.${as}`, values: { count: 1 } })).toBe(`1 ${one}`);
      expect(english.said({ key: `statement.${as}`, values: { count: 2 } })).toBe(`2 ${many}`);
    }
  });

  test('number and count as their language does', () => {
    const german = createSpeech('de-AT');
    const rows = (speech: typeof german) =>
      [0, 1, 12_345].map((count) => speech.say('table.rows', { count }));
    expect(rows(english)).toEqual(['0 rows', '1 row', '12,345 rows']);
    expect(rows(createSpeech('de'))).toEqual(['0 Zeilen', '1 Zeile', '12.345 Zeilen']);
    expect(rows(german)[1]).toBe('1 Zeile');
    const polish = createSpeech('pl', {
      'table.rows_one': '{{count}} wiersz',
      'table.rows_few': '{{count}} wiersze',
      'table.rows_many': '{{count}} wierszy',
    });
    expect([1, 3, 5].map((count) => polish.say('table.rows', { count }))).toEqual([
      '1 wiersz',
      '3 wiersze',
      '5 wierszy',
    ]);
  });

  test('are those of the site over ours, and in English where nobody has any', () => {
    expect(createSpeech('de', { 'table.none': 'Leer' }).say('table.none')).toBe('Leer');
    expect(createSpeech('fr').say('table.none')).toBe('No rows');
    expect(createSpeech('no such language').say('table.rows', { count: 2 })).toBe('2 rows');
    expect(english.say('fact.counted', { test: '{{count}}' })).toBe('counted where {{count}}');
    expect(english.said('as it is')).toBe('as it is');
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}
