import { h } from 'hastscript';
import { compareText, counted } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Content } from '../../remark/index.ts';
import { listElement } from '../../remark/index.ts';
import { type GeneratedPage, generatedData } from '../pages/generated-page.ts';
import { place, ref, shortName, table } from '../pages/html.ts';
import type { Area, Areas } from './areas.ts';
import { readmeOf } from './repository-pages.ts';
import type { WholeContext } from './whole-context.ts';

/** `stacks/` or `folders/`: every part of the repository, and a page for each with what is written in it. */
export function areaPages(areas: Areas, context: WholeContext): GeneratedPage[] {
  const title = areas.kind === 'stacks' ? 'Stacks' : 'Folders';
  const index: GeneratedPage = {
    id: areas.kind,
    data: {
      ...generatedData,
      title,
      description: `${title} of this repository, what is written in each and what deploys it.`,
      tableOfContents: false,
    },
    body: [
      areas.kind === 'stacks'
        ? 'The parts that this platform falls into, as its configuration names them.'
        : 'Where the manifests of this repository lie. A folder that holds most of them is shown by the folders in it.',
      table({
        view: areas.kind,
        caption: title,
        columns: [
          { name: 'folder', label: areas.kind === 'stacks' ? 'Stack' : 'Folder' },
          { name: 'deployed', label: 'Deployed by' },
          { name: 'namespaces', label: 'Namespaces' },
          { name: 'resources', label: 'Resources', class: 'pl-right' },
          { name: 'readme', label: 'Read' },
        ],
        rows: areas.list.map((area) => ({
          id: area.path,
          cells: [
            h('a.pl-ref', { href: context.page(area.slug) }, h('code', area.name)),
            deployersCell(area, context),
            namespacesCell(area),
            String(area.resources.length),
            readmeCell(area, context),
          ],
        })),
      }),
    ].join('\n\n'),
  };
  return [index, ...areas.list.map((area) => areaPage(area, areas.kind, context))];
}

function areaPage(area: Area, kind: Areas['kind'], context: WholeContext): GeneratedPage {
  const { name, path, resources } = area;
  const readme = readmeOf(path, context.pages);
  const what = kind === 'stacks' ? 'stack' : 'folder';
  return {
    id: area.slug,
    data: {
      ...generatedData,
      title: name,
      description: `What the manifests of the ${what} ${name} make: ${counted(resources.length, 'resource')}.`,
      tableOfContents: false,
    },
    body: [
      `${counted(resources.length, 'resource')} from the manifests under \`${path.replaceAll('`', '')}\`, as the cluster gets them.`,
      ...(readme === undefined
        ? []
        : [`Its authors say more: [${escaped(readme.title)}](${context.page(readme.slug)}).`]),
      table({
        view: 'resources',
        caption: `Resources of ${name}`,
        columns: [
          { name: 'kind', label: 'Kind' },
          { name: 'name', label: 'Name' },
          { name: 'namespace', label: 'Namespace' },
          { name: 'deployed', label: 'Deployed by' },
          { name: 'origin', label: 'Source' },
        ],
        rows: [...resources].sort(byKind).map((resource) => ({
          id: resource.id,
          cells: [
            resource.kind,
            ref(resource, context, resource.name),
            resource.namespace ?? h('span.pl-muted', '—'),
            resource.deployer === null ? nobody() : nameOf(resource.deployer, context),
            place(resource.origin, context),
          ],
        })),
      }),
    ].join('\n\n'),
  };
}

/** What deploys most of it first; of many the first few. */
function deployersCell({ resources }: Area, context: WholeContext): Content {
  const times = new Map<string | null, number>();
  for (const { deployer } of resources) times.set(deployer, (times.get(deployer) ?? 0) + 1);
  const ids = [...times]
    .filter(([id]) => id !== null)
    .sort(([a, x], [b, y]) => y - x || compareText(a ?? '', b ?? ''))
    .map(([id]) => id ?? '');
  if (ids.length === 0) return nobody();
  const shown = ids.slice(0, longestCell).map((id): Content => nameOf(id, context));
  const rest = ids.length - shown.length;
  return listElement(rest > 0 ? [...shown, h('span.pl-muted', `and ${rest} more`)] : shown);
}

function namespacesCell({ resources }: Area): Content {
  const names = [...new Set(resources.flatMap(({ namespace }) => namespace ?? []))].sort(compareText);
  if (names.length === 0) return h('span.pl-muted', '—');
  const shown = names.slice(0, longestCell).map((name): Content => h('code', name));
  const rest = names.length - shown.length;
  return listElement(rest > 0 ? [...shown, h('span.pl-muted', `and ${rest} more`)] : shown);
}

function readmeCell({ path }: Area, context: WholeContext): Content {
  const readme = readmeOf(path, context.pages);
  return readme === undefined ? '' : h('a', { href: context.page(readme.slug) }, readme.title);
}

/** What deploys, by its name alone: the column says what it is. */
function nameOf(id: string, context: WholeContext): Content {
  const resource = context.platform.resource(id);
  return resource === undefined ? h('code', id) : ref(resource, context, resource.name);
}

function nobody(): Content {
  return h('span.pl-muted', 'nothing');
}

/** A text that Markdown takes for nothing else. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()<>#+.!|~:&-]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function byKind(a: Resource, b: Resource): number {
  return compareText(`${a.kind}\0${shortName(a)}\0${a.id}`, `${b.kind}\0${shortName(b)}\0${b.id}`);
}

const longestCell = 4;
