import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import { hasUnknownDeployers, href } from '../../checks/index.ts';
import { createExplainer, type Engine, namespacesSlug, type ResourceIndex } from '../../engine/index.ts';
import { deployersInto } from '../../model/index.ts';
import { type Content, cellContent, listElement } from '../../remark/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { lineOf, ref, refApart, refById, table } from './html.ts';

/**
 * `resources/namespaces/`: every namespace that is declared or that something is in, with who owns it, what
 * deploys into it and how much; none where nothing is in any, or where a resource has that address.
 */
export function namespacesPage(
  indexes: readonly ResourceIndex[],
  { address, links, speech, slugs }: GeneratedOptions,
  { platform }: Engine,
): GeneratedPage[] {
  const own = indexes.filter(({ of }) => of === 'namespace');
  const isTaken = [...slugs.values(), ...indexes.map(({ slug }) => slug)].includes(namespacesSlug);
  if (own.length === 0 || isTaken) return [];
  const { say, language } = speech;
  const page = { platform, links, speech };
  const { explain } = createExplainer(platform);
  const namespaces = new Map(
    platform.model.resources
      .filter(({ group, kind }) => group === '' && kind === 'Namespace')
      .map((resource) => [resource.name, resource]),
  );
  const deployerOf = (id: string) => {
    const resource = platform.resource(id);
    return resource ? refApart(resource, page, resource.name) : refById(id, page);
  };
  const none = '—';
  const noDeployer = hasUnknownDeployers(platform) ? h('span.pl-muted', say('cell.unknown')) : none;
  const inside = new Map(own.map((index) => [index.name, index]));
  const rows = [...new Set([...inside.keys(), ...namespaces.keys()])].sort(compareText).map((name) => {
    const declared = namespaces.get(name);
    const index = inside.get(name);
    const owner = declared && explain(declared).answers.find((answer) => answer.name === 'owner')?.value;
    const deployers = deployersInto(name, platform.model).map(({ id }) => id);
    const shown = h('code', name);
    return {
      id: name,
      cells: [
        index === undefined ? shown : h('a.pl-ref', { href: href(address, index.slug) }, shown),
        owner === undefined ? none : cellContent(owner, page),
        deployers.length === 0 ? noDeployer : listElement(deployers.sort(compareText).map(deployerOf)),
        (index?.resources.length ?? 0).toLocaleString(language),
        declared === undefined ? h('span.pl-muted', say('namespaces.undeclared')) : ref(declared, page),
      ] satisfies Content[],
      ...(declared === undefined ? {} : { at: lineOf(declared.origin, page) }),
    };
  });
  const title = say('column.namespaces');
  return [
    {
      id: namespacesSlug,
      data: {
        ...generatedData,
        title,
        description: say('namespaces.description', { count: rows.length }),
        tableOfContents: false,
      },
      body: table(
        {
          ...{ view: 'namespaces', caption: title, isTitled: true, rows },
          columns: [
            { name: 'namespace', label: say('column.namespace') },
            { name: 'owner', label: say('home.owner') },
            { name: 'deployed', label: say('column.deployedBy') },
            { name: 'resources', label: say('column.resources'), class: 'pl-right' },
            { name: 'declared', label: say('manifest.title') },
          ],
        },
        speech,
      ),
    },
  ];
}
