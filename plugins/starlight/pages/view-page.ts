import { h } from 'hastscript';
import { listElement, withCode } from '../../remark/index.ts';
import { diagramViews, type TableView, tableViews } from '../../views/index.ts';
import type { GeneratedPage } from './generated-page.ts';
import { generatedData } from './generated-page.ts';
import { table } from './html.ts';

/** `views/`: every view that a table or diagram may show, from the registry that the directives go by. */
export function viewPage(): GeneratedPage {
  return {
    id: 'views',
    data: {
      ...generatedData,
      title: 'Views',
      description: 'Every view that a table or a diagram of a page may show, with its columns.',
      tableOfContents: false,
    },
    body: [
      'A view shows a part of the platform as the manifests say it is. `where` picks its rows, by the names of what they are about (see *Expressions*); `columns` names columns of the view, or makes new ones.',
      '## Tables',
      table({
        view: 'table-views',
        caption: 'Views of ::table',
        columns: columns('View', 'Shows', 'Columns', 'Further columns', 'Rows about'),
        rows: Object.values(tableViews).map((view) => ({
          id: view.name,
          cells: [
            h('code', view.name),
            withCode(view.summary),
            namesOf(view, false),
            namesOf(view, true),
            view.subject,
          ],
        })),
      }),
      '## Diagrams',
      table({
        view: 'diagram-views',
        caption: 'Views of ::diagram',
        columns: columns('View', 'Shows', 'Shapes about'),
        rows: Object.values(diagramViews).map(({ name, summary, subject }) => ({
          id: name,
          cells: [h('code', name), withCode(summary), subject ?? 'the resource that `of` names'],
        })),
      }),
    ].join('\n\n'),
  };
}

/** The columns that are shown unasked, or those that `columns` must name. */
function namesOf(view: TableView, hidden: boolean) {
  const names = view.columns.filter((column) => (column.hidden ?? false) === hidden).map(({ name }) => name);
  return listElement(names.map((name) => h('code', name)));
}

function columns(...labels: string[]) {
  return labels.map((label) => ({ name: label.toLowerCase().replaceAll(' ', '-'), label }));
}
