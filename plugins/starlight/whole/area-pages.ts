import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Content } from '../../remark/index.ts';
import { listElement } from '../../remark/index.ts';
import { type GeneratedPage, generatedData } from '../pages/generated-page.ts';
import { lineOf, ref, shortName, table } from '../pages/html.ts';
import type { SiteContext } from '../pages/site-context.ts';
import type { Area, Areas } from './areas.ts';
import { readmeOf } from './repository-pages.ts';

/** `stacks/` or `folders/`: every part of the repository, and a page for each with what is written in it. */
export function areaPages(areas: Areas, context: SiteContext): GeneratedPage[] {
  const { say } = context.speech;
  const isStacks = areas.kind === 'stacks';
  const title = say(isStacks ? 'whole.stacks' : 'whole.folders');
  const index: GeneratedPage = {
    id: areas.kind,
    data: {
      ...generatedData,
      title,
      description: say(isStacks ? 'area.stacksDescription' : 'area.foldersDescription'),
      tableOfContents: false,
    },
    body: [
      say(isStacks ? 'area.stacksIntro' : 'area.foldersIntro'),
      table(
        {
          view: areas.kind,
          caption: title,
          columns: [
            { name: 'folder', label: say(isStacks ? 'column.stack' : 'column.folder') },
            { name: 'deployed', label: say('column.deployedBy') },
            { name: 'namespaces', label: say('column.namespaces') },
            { name: 'resources', label: say('column.resources'), class: 'pl-right' },
            { name: 'readme', label: say('area.read') },
          ],
          rows: areas.list.map((area) => ({
            id: area.path,
            cells: [
              h('a.pl-ref', { href: context.page(area.slug) }, h('code', area.name)),
              deployersCell(area, context),
              namespacesCell(area, context),
              String(area.resources.length),
              readmeCell(area, context),
            ],
          })),
        },
        context.speech,
      ),
    ].join('\n\n'),
  };
  return [index, ...areas.list.map((area) => areaPage(area, areas.kind, context))];
}

function areaPage(area: Area, kind: Areas['kind'], context: SiteContext): GeneratedPage {
  const { name, path, resources } = area;
  const readme = readmeOf(path, context.pages);
  const { say } = context.speech;
  const number = say('number.resource', { count: resources.length });
  return {
    id: area.slug,
    data: {
      ...generatedData,
      title: name,
      description: say(kind === 'stacks' ? 'area.stackMakes' : 'area.folderMakes', {
        name,
        resources: number,
      }),
      tableOfContents: false,
    },
    body: [
      say('area.intro', { resources: number, path: `\`${path.replaceAll('`', '')}\`` }),
      ...(readme === undefined
        ? []
        : [say('area.readme', { page: `[${escaped(readme.title)}](${context.page(readme.slug)})` })]),
      table(
        {
          view: 'resources',
          caption: say('area.resourcesOf', { name }),
          columns: [
            { name: 'name', label: say('column.name') },
            { name: 'kind', label: say('column.kind') },
            { name: 'namespace', label: say('column.namespace') },
            { name: 'deployed', label: say('column.deployedBy') },
          ],
          rows: [...resources].sort(byKind).map((resource) => ({
            id: resource.id,
            cells: [
              ref(resource, context, resource.name),
              resource.kind,
              resource.namespace ?? h('span.pl-muted', '—'),
              resource.deployer === null ? nobody(context) : nameOf(resource.deployer, context),
            ],
            at: lineOf(resource.origin, context),
          })),
        },
        context.speech,
      ),
    ].join('\n\n'),
  };
}

/** What deploys most of it first; of many the first few. */
function deployersCell({ resources }: Area, context: SiteContext): Content {
  const times = new Map<string | null, number>();
  for (const { deployer } of resources) times.set(deployer, (times.get(deployer) ?? 0) + 1);
  const ids = [...times]
    .filter(([id]) => id !== null)
    .sort(([a, x], [b, y]) => y - x || compareText(a ?? '', b ?? ''))
    .map(([id]) => id ?? '');
  if (ids.length === 0) return nobody(context);
  const shown = ids.slice(0, longestCell).map((id): Content => nameOf(id, context));
  const rest = ids.length - shown.length;
  return listElement(
    rest > 0 ? [...shown, h('span.pl-muted', context.speech.say('names.andMore', { count: rest }))] : shown,
  );
}

function namespacesCell({ resources }: Area, context: SiteContext): Content {
  const names = [...new Set(resources.flatMap(({ namespace }) => namespace ?? []))].sort(compareText);
  if (names.length === 0) return h('span.pl-muted', '—');
  const shown = names.slice(0, longestCell).map((name): Content => h('code', name));
  const rest = names.length - shown.length;
  return listElement(
    rest > 0 ? [...shown, h('span.pl-muted', context.speech.say('names.andMore', { count: rest }))] : shown,
  );
}

function readmeCell({ path }: Area, context: SiteContext): Content {
  const readme = readmeOf(path, context.pages);
  return readme === undefined ? '' : h('a', { href: context.page(readme.slug) }, readme.title);
}

/** What deploys, by its name alone: the column says what it is. */
function nameOf(id: string, context: SiteContext): Content {
  const resource = context.platform.resource(id);
  return resource === undefined ? h('code', id) : ref(resource, context, resource.name);
}

function nobody({ speech }: SiteContext): Content {
  return h('span.pl-muted', speech.say('cell.nothing'));
}

/** A text that Markdown takes for nothing else. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()<>#+.!|~:&-]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function byKind(a: Resource, b: Resource): number {
  return compareText(`${a.kind}\0${shortName(a)}\0${a.id}`, `${b.kind}\0${shortName(b)}\0${b.id}`);
}

const longestCell = 4;
