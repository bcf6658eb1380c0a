import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { lineOf, ref, refById, table } from './html.ts';

/** `resources/`: every resource of the model in one table. */
export function resourceIndex(engine: Engine, { links, speech }: GeneratedOptions): GeneratedPage {
  const { platform } = engine;
  const { model } = platform;
  const page = { platform, links, speech };
  const { say } = speech;
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
      ],
      at: lineOf(resource.origin, page),
    };
  });
  return {
    id: 'resources',
    data: {
      ...generatedData,
      title: say('resources.title'),
      description: say('resources.description'),
      tableOfContents: false,
    },
    body: [
      say('resources.intro', { count: model.resources.length }),
      table(
        {
          view: 'resources',
          caption: say('resources.all'),
          columns: [
            { name: 'kind', label: say('column.kind') },
            { name: 'name', label: say('column.name') },
            { name: 'namespace', label: say('column.namespace') },
            { name: 'application', label: say('column.application') },
            { name: 'wave', label: say('column.wave'), class: 'pl-right' },
          ],
          rows,
        },
        speech,
      ),
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
