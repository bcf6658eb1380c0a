import { h } from 'hastscript';
import { counted } from '../../base/index.ts';
import { deployersOf, type Model } from '../../model/index.ts';
import { type GeneratedPage, generatedData } from '../pages/generated-page.ts';
import { block } from '../pages/html.ts';
import { escaped } from './area-pages.ts';
import type { Areas } from './areas.ts';
import type { Section } from './sections.ts';
import { type Undeployed, undeployedList } from './undeployed.ts';
import type { WholeContext } from './whole-context.ts';

/** The first page: what this is, the ways in, what nothing deploys, and how much is not known. */
export function overviewPage(
  context: WholeContext,
  {
    areas,
    shown,
    undeployed,
  }: { areas: Areas; shown: readonly Section[]; undeployed: readonly Undeployed[] },
): GeneratedPage {
  const { platform, pages, title } = context;
  const { model } = platform;
  const readme = pages.find(({ file }) => /^readme\.mdx?$/i.test(file));
  const ways: Way[] = [
    { number: areas.list.length, label: areas.kind === 'stacks' ? 'Stacks' : 'Folders', slug: areas.kind },
    ...shown.map((section) => ({
      number: section.count(model),
      label: section.label,
      slug: section.slug,
    })),
    { number: model.resources.length, label: 'Resources', slug: 'resources' },
    { number: pages.length, label: 'Pages', slug: (readme ?? pages[0])?.slug ?? '' },
  ].filter(({ number }) => number > 0);
  return {
    id: 'index',
    data: {
      ...generatedData,
      title,
      description: `What the manifests of ${title} deploy, and how.`,
      tableOfContents: false,
    },
    body: [
      deployment(model),
      ...(readme === undefined
        ? []
        : [`Its authors introduce it in [${escaped(readme.title)}](${context.page(readme.slug)}).`]),
      block(
        h(
          'ul.pl-ways.not-content',
          ways.map(({ number, label, slug }) =>
            h('li', h('a', { href: context.page(slug) }, [h('strong', String(number)), ` ${label}`])),
          ),
        ),
      ),
      ...(areas.list.length > 1 && model.stacks.length > 1 && areas.kind === 'stacks'
        ? ['::diagram{view="layers"}']
        : []),
      ...(undeployed.length === 0
        ? []
        : ['## Nothing here deploys', ...undeployedList(undeployed, context, 8)]),
      '## What is known',
      known(context),
    ].join('\n\n'),
    live: `${model.stacks.length} ${model.resources.length}`,
  };
}

/** Who deploys what, in a sentence or two. */
function deployment(model: Model): string {
  const { applications, applicationSets, kustomizations, helmReleases, resources } = model;
  const made = applications.filter(({ generatedBy }) => generatedBy !== null).length;
  const byArgo =
    applications.length === 0 && applicationSets.length === 0
      ? []
      : [
          `Argo CD deploys ${counted(applications.length, 'application')} from here${
            made === 0
              ? ''
              : `, ${made} of which ${counted(applicationSets.length, 'ApplicationSet')} ${applicationSets.length === 1 ? 'generates' : 'generate'}`
          }.`,
        ];
  const byFlux =
    kustomizations.length + helmReleases.length === 0
      ? []
      : [
          `Flux applies ${counted(kustomizations.length, 'Kustomization')} and ${counted(helmReleases.length, 'HelmRelease')}.`,
        ];
  const nobody =
    deployersOf(model).length + applicationSets.length === 0
      ? ['Neither Argo CD nor Flux deploys from here: somebody applies these manifests.']
      : [];
  return [
    ...byArgo,
    ...byFlux,
    ...nobody,
    `All in all the manifests make ${counted(resources.length, 'resource')}.`,
  ].join(' ');
}

function known({ platform, report, page }: WholeContext): string {
  const open = report.unverified.length;
  const faults = report.diagnostics.length;
  const parts = [
    open === 0
      ? 'Everything that the manifests ask for could be read.'
      : `${counted(open, 'thing')} could not be verified without a network or a cluster.`,
    faults === 0
      ? 'Nothing was found wrong.'
      : `${counted(faults, 'thing')} to look at ${faults === 1 ? 'was' : 'were'} found in manifests and pages.`,
  ];
  const { commit } = platform.model;
  const at = commit === null ? '' : ` Read at commit \`${commit}\`.`;
  return `${parts.join(' ')} [The status](${page('status')}) lists them.${at}`;
}

interface Way {
  number: number;
  label: string;
  slug: string;
}
