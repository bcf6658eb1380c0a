import { h } from 'hastscript';
import { subjectTypes } from '../../query/index.ts';
import { withCode } from '../../remark/index.ts';
import { columnInCel, columnSays, diagramViews, type TableView, tableViews } from '../../views/index.ts';
import { english } from '../../words/index.ts';
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
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    },
    body: [
      'A view shows a part of the platform as the manifests say it is. `where` picks its rows, `sort` and `group` order them, `columns` names columns of the view or makes new ones: `label = expression`. Expressions speak of what a row is about (see *Expressions*), where most columns have the name that they have here.',
      '## Tables',
      ...Object.values(tableViews).flatMap((view) => [
        `### ${view.name}`,
        `${view.summary} A row is about one of \`${subjectTypes[view.subject].list.name}\`.`,
        columnTable(view),
      ]),
      '## Diagrams',
      table(
        {
          view: 'diagram-views',
          caption: 'Views of ::diagram',
          columns: columns('View', 'Shows', 'Shapes about'),
          rows: Object.values(diagramViews).map(({ name, summary, subject }) => ({
            id: name,
            cells: [h('code', name), withCode(summary), subject ?? 'the resource that `of` names'],
          })),
        },
        english,
      ),
    ].join('\n\n'),
  };
}

function columnTable(view: TableView): string {
  return table(
    {
      view: `columns-${view.name}`,
      caption: `Columns of ${view.name}`,
      columns: columns('Column', 'Holds', 'In expressions', 'Shown'),
      rows: view.columns.map((column) => {
        const cel = columnInCel(view.subject, column);
        return {
          id: column.name,
          cells: [
            h('code', column.name),
            withCode(columnSays(view.subject, column)),
            cel === null ? 'no name: the view works it out' : h('code', cel),
            shown(column),
          ],
        };
      }),
    },
    english,
  );
}

function shown({ hidden, hiddenIn }: TableView['columns'][number]): string {
  if (hiddenIn !== undefined) return hidden ? 'where there is Flux' : 'where there is no Flux';
  return hidden ? 'if named' : 'always';
}

function columns(...labels: string[]) {
  return labels.map((label) => ({ name: label.toLowerCase().replaceAll(' ', '-'), label }));
}
