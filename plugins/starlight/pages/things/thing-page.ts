import { createExplainer, type Engine } from '../../../engine/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from '../generated-page.ts';
import { answers } from './answers.ts';
import { headOf } from './head.ts';
import { thingKindOf } from './kinds.ts';
import { manifestSections } from './manifest.ts';
import { needsSection } from './needs.ts';
import { orderSection } from './order.ts';
import { policiesSection } from './policies.ts';
import { relationsSection } from './relations.ts';
import { speakingPages, speakingSection } from './speaking.ts';
import type { Section, SectionName, Thing } from './thing.ts';
import { titlesOf } from './titles.ts';
import { lead, sentenceOf } from './verdict.ts';

/**
 * One page a resource: what it is, what a reader of its kind looks for first, where it comes from, who
 * deploys it and when, what it touches, and its manifest.
 */
export function thingPages(engine: Engine, options: GeneratedOptions): GeneratedPage[] {
  const { platform } = engine;
  const { slugs, links, speech } = options;
  const { explain } = createExplainer(platform);
  const pagesOf = speakingPages(engine, options);
  const titles = titlesOf(platform.model);
  return platform.model.resources.map((resource) => ({
    id: slugs.get(resource.id) ?? resource.id,
    ...thingPage({
      resource,
      explanation: explain(resource),
      page: { platform, links, speech },
      title: titles.get(resource.id) ?? resource.id,
      pages: pagesOf(resource),
      stackPage: stackPageOf(resource.stack, options),
    }),
  }));
}

/** That which somebody wrote of a stack, or which a site of a whole repository has of it. */
function stackPageOf(stack: string | null, { spoken, links, stackPages }: GeneratedOptions): string | null {
  if (stack === null) return null;
  const made = stackPages?.get(stack);
  const written = spoken?.shown.find(({ slug }) => slug === `stacks/${stack}`)?.slug;
  const slug = made ?? written;
  return slug === undefined ? null : links.page(slug);
}

function thingPage(thing: Thing): Omit<GeneratedPage, 'id'> {
  const { resource, explanation, page, title } = thing;
  const kind = thingKindOf(resource);
  const shared = (Object.keys(sections) as SectionName[])
    .filter((name) => !kind.without?.includes(name))
    .flatMap((name) => sections[name](thing));
  const all = [...kind.sections(thing), ...shared, ...manifestSections(thing)];
  return {
    data: { ...generatedData, title, description: sentenceOf(explanation, page.speech) },
    head: headOf(thing),
    body: [
      lead(thing),
      answers(thing),
      ...all.flatMap(({ title: heading, body }) => [`## ${heading}`, body]),
    ].join('\n\n'),
  };
}

/** In the order of the page. */
const sections: Record<SectionName, (thing: Thing) => Section[]> = {
  needs: needsSection,
  order: orderSection,
  relations: relationsSection,
  policies: policiesSection,
  pages: speakingSection,
};
