import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import { href } from '../../checks/index.ts';
import { type Engine, namespacesSlug, type ResourceIndex, resourceIndexes } from '../../engine/index.ts';
import type { Resource } from '../../model/index.ts';
import { breakableName, type Content, type ElementContext } from '../../remark/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { block, lineOf, nameApart, table, unsearched } from './html.ts';
import { namespacesPage } from './namespaces-page.ts';

/**
 * `resources/`: every resource of the model in one table, below the ways to those of each kind and
 * namespace, which have a page each.
 */
export function resourceIndex(engine: Engine, options: GeneratedOptions): GeneratedPage[] {
  const { links, speech, slugs } = options;
  const { platform } = engine;
  const { model } = platform;
  const page = { platform, links, speech };
  const { say } = speech;
  const indexes = resourceIndexes(model, slugs);
  const all: GeneratedPage = {
    id: 'resources',
    data: {
      ...generatedData,
      title: say('resources.title'),
      description: say('resources.description'),
      tableOfContents: false,
    },
    body: [
      say('resources.intro', { count: model.resources.length }),
      ...waysTo('kind', indexes, options),
      ...waysTo('namespace', indexes, options),
      resourceTable(
        { caption: say('resources.all'), view: 'resources' },
        model.resources,
        columns.filter((column) => column !== 'api'),
        page,
      ),
    ].join('\n\n'),
  };
  return [
    all,
    ...namespacesPage(indexes, options, engine),
    ...indexes.map((index) => indexPage(index, page)),
  ];
}

/** The resources of one kind, or of one namespace. */
function indexPage({ of, name, slug, resources }: ResourceIndex, page: ElementContext): GeneratedPage {
  const { say } = page.speech;
  const title = say(of === 'kind' ? 'resources.ofKind' : 'resources.inNamespace', { name });
  const several = new Set(resources.map(({ apiVersion }) => apiVersion)).size > 1;
  const shown = columns.filter((column) => column !== of && (column !== 'api' || (of === 'kind' && several)));
  return {
    id: slug,
    data: {
      ...generatedData,
      title,
      description: say('resources.listed', { title, count: resources.length }),
      // It names what is found itself.
      pagefind: false,
      tableOfContents: false,
    },
    body: resourceTable({ caption: title, isTitled: true, view: of }, resources, shown, page),
  };
}

/** Links with numbers. */
function waysTo(
  of: ResourceIndex['of'],
  indexes: ResourceIndex[],
  { address, speech }: GeneratedOptions,
): string[] {
  const own = indexes.filter((index) => index.of === of);
  if (own.length === 0) return [];
  const list = h(
    'ul',
    own.map(({ name, slug, resources }) =>
      h('li', [
        h('a', { href: href(address, slug) }, name),
        ' ',
        h('span.pl-muted', resources.length.toLocaleString(speech.language)),
      ]),
    ),
  );
  const said = of === 'kind' ? 'resources.kinds' : 'resources.namespaces';
  return [
    block(
      h('div.pl-ways-to.not-content', [
        h(
          'p',
          of === 'kind'
            ? speech.say('resources.byKind')
            : h('a', { href: href(address, namespacesSlug) }, speech.say('resources.byNamespace')),
        ),
        // A screen of links is in the way of the table.
        own.length <= mostWays
          ? list
          : h('details.pl-fold', [h('summary', speech.say(said, { count: own.length })), list]),
      ]),
    ),
  ];
}

function resourceTable(
  as: { caption: string; isTitled?: boolean; view: string },
  resources: readonly Resource[],
  shown: readonly ColumnName[],
  page: ElementContext,
): string {
  const { say } = page.speech;
  const isOfAll = as.view === 'resources';
  const cells: Record<ColumnName, (resource: Resource) => Content> = {
    name: (resource) => nameApart(resource, page),
    kind: ({ kind }) => breakableName(kind),
    api: ({ apiVersion }) => h('code', apiVersion),
    namespace: ({ namespace }) => namespace ?? '—',
    // The way to it stands on the page of each.
    application: ({ application }) => application ?? '—',
    // What no sync applies comes in no wave.
    wave: ({ wave, waveSet, application }) =>
      waveSet ? String(wave) : application === null ? '—' : [h('span.pl-muted', String(wave))],
  };
  return table(
    {
      ...{ ...as, isElsewhere: isOfAll },
      columns: shown.map((name) => ({
        name,
        label: name === 'api' ? 'API' : say(`column.${name}`),
        ...(name === 'wave' ? { class: 'pl-right' } : {}),
      })),
      rows: [...resources].sort(compare).map((resource) => ({
        // By its link a row is found.
        id: '',
        cells: shown.map((name) => cells[name](resource)),
        // Where each is written stands on its page.
        ...(isOfAll ? { at: lineOf(resource.origin, page) } : {}),
      })),
    },
    page.speech,
    unsearched,
  );
}

const mostWays = 50;
const columns = ['name', 'kind', 'api', 'namespace', 'application', 'wave'] as const;

function compare(a: Resource, b: Resource): number {
  const [x, y] = [a, b].map((one) => [one.kind, one.namespace ?? '', one.name, one.id].join('\0'));
  return compareText(x ?? '', y ?? '');
}

type ColumnName = (typeof columns)[number];
