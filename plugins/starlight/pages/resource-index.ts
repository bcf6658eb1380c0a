import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { place, ref, refById, table } from './html.ts';

/** `resources/`: every resource of the model in one table. */
export function resourceIndex(engine: Engine, { links }: GeneratedOptions): GeneratedPage {
  const { platform } = engine;
  const { model } = platform;
  const page = { platform, links };
  const applications = new Map(model.applications.map((application) => [application.name, application.id]));
  const rows = [...model.resources].sort(compare).map((resource) => {
    const application = resource.application === null ? undefined : applications.get(resource.application);
    return {
      id: resource.id,
      cells: [
        resource.kind,
        ref(resource, page, resource.name),
        resource.namespace ?? h('span.pl-muted', '—'),
        application === undefined ? (resource.application ?? '') : [h('span', refById(application, page))],
        resource.waveSet ? String(resource.wave) : [h('span.pl-muted', String(resource.wave))],
        place(resource.origin, page),
      ],
    };
  });
  return {
    id: 'resources',
    data: {
      ...generatedData,
      title: 'Resources',
      description: 'Every resource that the manifests of this repository make, as the cluster gets it.',
      tableOfContents: false,
    },
    body: [
      `Every resource that the manifests make, after kustomize has rendered them and every ApplicationSet has been expanded: ${model.resources.length} in all. Each has a page of its own with its manifest, its application and what it is related to.`,
      table({
        view: 'resources',
        caption: 'All resources',
        columns: [
          { name: 'kind', label: 'Kind' },
          { name: 'name', label: 'Name' },
          { name: 'namespace', label: 'Namespace' },
          { name: 'application', label: 'Application' },
          { name: 'wave', label: 'Wave', class: 'pl-right' },
          { name: 'origin', label: 'Source' },
        ],
        rows,
      }),
    ].join('\n\n'),
  };
}

function compare(a: Sortable, b: Sortable): number {
  const [x, y] = [a, b].map((one) => [one.kind, one.namespace ?? '', one.name, one.id].join('\0'));
  return compareText(x ?? '', y ?? '');
}

interface Sortable {
  kind: string;
  namespace: string | null;
  name: string;
  id: string;
}
