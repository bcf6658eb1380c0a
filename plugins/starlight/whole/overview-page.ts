import { h } from 'hastscript';
import { deployersOf, type Model } from '../../model/index.ts';
import type { Speech } from '../../words/index.ts';
import { type GeneratedPage, generatedData } from '../pages/generated-page.ts';
import { homeElements } from '../pages/home/home.ts';
import { block } from '../pages/html.ts';
import type { SiteContext } from '../pages/site-context.ts';
import { type Undeployed, undeployedList } from '../pages/undeployed.ts';
import { escaped } from './area-pages.ts';
import type { Areas } from './areas.ts';
import type { Section } from './sections.ts';

/** The first page: what this is, the ways in, what nothing deploys, and how much is not known. */
export function overviewPage(
  context: SiteContext,
  {
    areas,
    shown,
    undeployed,
  }: { areas: Areas; shown: readonly Section[]; undeployed: readonly Undeployed[] },
): GeneratedPage {
  const { platform, pages, title, speech } = context;
  const { say } = speech;
  const { model } = platform;
  const readme = pages.find(({ file }) => /^readme\.mdx?$/i.test(file));
  const ways: Way[] = [
    { number: areas.list.length, key: areas.kind, slug: areas.kind },
    ...shown.map(({ slug, count }) => ({ number: count(model), key: slug, slug })),
    { number: model.resources.length, key: 'resources' as const, slug: 'resources' },
    { number: pages.length, key: 'pages' as const, slug: (readme ?? pages[0])?.slug ?? '' },
  ].filter(({ number }) => number > 0);
  return {
    id: 'index',
    data: {
      ...generatedData,
      title,
      description: say('overview.description', { title }),
      tableOfContents: false,
    },
    body: [
      deployment(model, speech),
      ...(readme === undefined
        ? []
        : [say('overview.readme', { page: `[${escaped(readme.title)}](${context.page(readme.slug)})` })]),
      block(
        h(
          'ul.pl-ways.not-content',
          ways.map(({ number, key, slug }) =>
            h(
              'li',
              h('a', { href: context.page(slug) }, [
                h('strong', number.toLocaleString(speech.language)),
                ` ${say(`way.${key}`, { count: number })}`,
              ]),
            ),
          ),
        ),
      ),
      block(h('div.pl-home.not-content', homeElements(context))),
      ...(areas.list.length > 1 && model.stacks.length > 1 && areas.kind === 'stacks'
        ? ['::diagram{view="layers"}']
        : []),
      ...(undeployed.length === 0
        ? []
        : [`## ${say('undeployed.title')}`, ...undeployedList(undeployed, context, 8)]),
      `## ${say('overview.known')}`,
      known(context),
    ].join('\n\n'),
    live: `${model.stacks.length} ${model.resources.length}`,
  };
}

/** Who deploys what, in a sentence or two. */
function deployment(model: Model, { say }: Speech): string {
  const { applications, applicationSets, kustomizations, helmReleases, resources } = model;
  const count = applications.length;
  const made = applications.filter(({ generatedBy }) => generatedBy !== null).length;
  const open = applicationSets.filter(({ unverified }) => unverified !== null).length;
  const isAll = open === applicationSets.length;
  const sets = say('number.applicationSet', { count: applicationSets.length });
  const byArgo =
    made === 0
      ? say('overview.argo', { count })
      : say(made === count ? 'overview.argoAll' : 'overview.argoSome', { count, made, sets });
  const byFlux = say('overview.flux', {
    kustomizations: say('number.kustomization', { count: kustomizations.length }),
    releases: say('number.helmRelease', { count: helmReleases.length }),
  });
  return [
    ...(count > 0 ? [byArgo] : []),
    ...(open > 0 ? [say(isAll ? 'overview.openAll' : 'overview.open', { count: open, sets })] : []),
    ...(kustomizations.length + helmReleases.length > 0 ? [byFlux] : []),
    ...(deployersOf(model).length + applicationSets.length === 0 ? [say('overview.nobody')] : []),
    say('overview.total', { count: resources.length }),
  ].join(' ');
}

function known({ platform, report, page, speech: { say } }: SiteContext): string {
  const open = report.unverified.length;
  const faults = report.diagnostics.filter(({ severity }) => severity !== 'info').length;
  const { commit } = platform.model;
  return [
    open === 0 ? say('overview.allRead') : say('overview.unread', { count: open }),
    faults === 0 ? say('overview.noFault') : say('overview.faults', { count: faults }),
    say(open + faults === 0 ? 'overview.tells' : 'overview.listed', {
      status: `[${say('overview.status')}](${page('status')})`,
    }),
    ...(commit === null ? [] : [say('overview.readAt', { commit: `\`${commit}\`` })]),
  ].join(' ');
}

interface Way {
  number: number;
  /** What there are so many of, as `way.KEY` says it. */
  key: Section['slug'] | Areas['kind'] | 'resources' | 'pages';
  slug: string;
}
