import { createExplainer, type Engine } from '../../../engine/index.ts';
import type { Speech } from '../../../words/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from '../generated-page.ts';
import { shortName } from '../html.ts';
import { answers } from './answers.ts';
import { headOf } from './head.ts';
import { thingKindOf } from './kinds.ts';
import { manifest } from './manifest.ts';
import { orderSection } from './order.ts';
import { policiesSection } from './policies.ts';
import { relationsSection } from './relations.ts';
import type { Section, SectionName, Thing } from './thing.ts';
import { titlesOf } from './titles.ts';
import { verdict } from './verdict.ts';

/**
 * One page a resource: what it is, what a reader of its kind looks for first, where it comes from, who
 * deploys it and when, what it touches, and its manifest.
 */
export function thingPages(
  { platform }: Engine,
  { slugs, links, speech }: GeneratedOptions,
): GeneratedPage[] {
  const { explain } = createExplainer(platform);
  const titles = titlesOf(platform.model);
  return platform.model.resources.map((resource) => ({
    id: slugs.get(resource.id) ?? resource.id,
    ...thingPage({
      resource,
      explanation: explain(resource),
      page: { platform, links, speech },
      title: titles.get(resource.id) ?? resource.id,
    }),
  }));
}

function thingPage(thing: Thing): Omit<GeneratedPage, 'id'> {
  const { resource, page, title } = thing;
  const kind = thingKindOf(resource);
  const shared = (Object.keys(sections) as SectionName[])
    .filter((name) => !kind.without?.includes(name))
    .flatMap((name) => sections[name](thing));
  const manifestSection = {
    title: page.speech.say('resource.manifest'),
    body: manifest(resource, page.speech),
  };
  const all = [...kind.sections(thing), ...shared, manifestSection];
  return {
    data: { ...generatedData, title, description: description(thing, page.speech) },
    head: headOf(thing),
    body: [
      ...verdict(thing),
      answers(thing),
      ...all.flatMap(({ title: heading, body }) => [`## ${heading}`, body]),
    ].join('\n\n'),
  };
}

/** In the order of the page. */
const sections: Record<SectionName, (thing: Thing) => Section[]> = {
  order: orderSection,
  relations: relationsSection,
  policies: policiesSection,
};

function description({ explanation }: Thing, { say }: Speech): string {
  const { kind, namespace, deployedBy, order, origin } = explanation;
  const by =
    deployedBy === null
      ? ''
      : deployedBy.kind === 'Application'
        ? say('resource.byApplication', { application: deployedBy.name, wave: order.wave })
        : say('resource.by', { kind: deployedBy.kind, name: deployedBy.name });
  const told = { name: shortName(explanation), kind, by, file: origin.file };
  return namespace === null
    ? say('resource.clusterScoped', told)
    : say('resource.inNamespace', { ...told, namespace });
}
