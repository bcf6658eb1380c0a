import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { addressesOf } from '../../plugins/starlight/site/site-addresses.ts';
import { type WholeOutcome, wholeOutcome } from '../../plugins/starlight/whole/whole-outcome.ts';
import { createSpeech } from '../../plugins/words/index.ts';
import { englishLabels } from '../words/english.ts';

/** Every page that a site of a whole repository makes, and its sidebar, in a language. */
async function said(fixture: string, language: string) {
  const root = resolve(import.meta.dirname, '../fixtures', fixture);
  const engine = await createEngine({ root });
  const checked = await checkPages(engine, { pages: [] });
  const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
  const options = { address, resources: true, rules: false };
  const { slugs, links } = addressesOf(engine, options);
  const speech = createSpeech(language);
  const whole = { title: 'Laden', pictures: '' };
  const made = await wholeOutcome(engine, checked, whole, { ...options, slugs, links, speech });
  await engine.dispose();
  const html = made.generated.map(({ data, body }) =>
    [
      String(data.title),
      String(data.description),
      ...body.split('\n\n').filter((part) => !/^(?:```|::)/.test(part)),
    ]
      .map((part) => (part.startsWith('<') ? part : `<p>${part.replace(/^#+ /, '')}</p>`))
      .join(''),
  );
  return { html: `${html.join('')}${labels(made.sidebar)}`, sidebar: made.sidebar, pages: made.generated };
}

function labels(sidebar: WholeOutcome['sidebar']): string {
  return sidebar
    .map((entry) => `<li>${entry.label}</li>${'entries' in entry ? labels(entry.entries) : ''}`)
    .join('');
}

test.each(['flux-shop', 'cli-shop'])('a German site of %s has no English label of ours', async (fixture) => {
  const german = await said(fixture, 'de');
  expect(englishLabels(german.html)).toEqual([]);
  expect(german.sidebar[0]?.label).toBe('Überblick');
  expect(german.html).toContain('Insgesamt ergeben die Manifeste');
  const english = await said(fixture, 'en');
  expect(englishLabels(english.html).length).toBeGreaterThan(30);
  // One of a kind is said in the singular.
  const ones = [...english.html.matchAll(/<strong>1<\/strong> ([^<]+)/g)].map(([, words]) => words);
  expect(ones.length).toBeGreaterThan(0);
  expect(ones.filter((words) => words?.endsWith('s'))).toEqual([]);
  expect(german.pages.map(({ id }) => id)).toEqual(english.pages.map(({ id }) => id));
});
