import { h } from 'hastscript';
import { type Engine, mentionsOf } from '../../../engine/index.ts';
import type { Resource } from '../../../model/index.ts';
import { linkElement } from '../../../remark/index.ts';
import type { GeneratedOptions } from '../generated-page.ts';
import { block, unsearched } from '../html.ts';
import type { Section, SpeakingPage, Thing } from './thing.ts';

/** Which pages of the author speak of each resource; of more than can be looked through none are told. */
export function speakingPages(
  engine: Engine,
  { spoken, links }: Pick<GeneratedOptions, 'spoken' | 'links'>,
): (resource: Resource) => SpeakingPage[] {
  if (spoken === undefined) return () => [];
  const statements = spoken.reports.reduce((sum, { verdicts }) => sum + verdicts.length, 0);
  if (statements * engine.platform.model.resources.length > mostLookedAt) return () => [];
  const byFile = new Map(spoken.shown.map((page) => [page.file, page]));
  return (resource) => {
    const files = new Set(mentionsOf(resource, spoken.reports, engine).map(({ file }) => file));
    return [...files].flatMap((file) => {
      const page = byFile.get(file);
      return page === undefined ? [] : [{ title: page.title, address: links.page(page.slug) }];
    });
  };
}

/** The way back from what was made of the manifests to what somebody wrote of them. */
export function speakingSection({ pages, page }: Thing): Section[] {
  if (pages.length === 0) return [];
  const rows = pages.map(({ title, address }) => h('li', linkElement(address, {}, title)));
  return [
    {
      title: page.speech.say('thing.spokenOf'),
      body: block(h('ul.pl-items.pl-grouped.not-content', unsearched, rows)),
    },
  ];
}

/** Statements times resources: each of them is looked at, and a table may have as many rows. */
const mostLookedAt = 400_000;
