import type { Platform } from '../../plugins/platform/index.ts';
import { createQuery, subjectTypes } from '../../plugins/query/index.ts';
import {
  columnInCel,
  columnSays,
  diagramOf,
  diagramViews,
  type TableView,
  tableOf,
  tableToMarkdown,
  tableViews,
} from '../../plugins/views/index.ts';
import { columnsText } from './print-lines.ts';

/** A view as `explain` names it: by its kind where a table and a diagram have one name. */
export function viewNamed(words: readonly string[]): ViewName | undefined {
  const [kind, name] = words.length > 1 ? words : [undefined, words[0] ?? ''];
  const isTable = (kind === undefined || kind === 'table') && Object.hasOwn(tableViews, name ?? '');
  const isDiagram = (kind === undefined || kind === 'diagram') && Object.hasOwn(diagramViews, name ?? '');
  if (name === undefined || !(isTable || isDiagram)) return undefined;
  return { name, isTable, isDiagram };
}

/** Names of all views, as `explain` takes them. */
export function viewNames(): string[] {
  return [
    ...Object.keys(tableViews).map((name) => `table ${name}`),
    ...Object.keys(diagramViews).map((name) => `diagram ${name}`),
  ];
}

/** What a view shows, its columns and options, and its first rows or shapes on a platform. */
export function describeView({ name, isTable, isDiagram }: ViewName, platform: Platform): string {
  return [
    ...(isTable ? [tableText(name, platform)] : []),
    ...(isDiagram ? [diagramText(name, platform)] : []),
  ].join('\n');
}

/** The same as data, without the example. */
export function viewAsJson({ name, isTable, isDiagram }: ViewName): unknown {
  const table = isTable ? tableViews[name] : undefined;
  const diagram = isDiagram ? diagramViews[name] : undefined;
  return {
    ...(table && {
      table: {
        name,
        summary: table.summary,
        rows: subjectTypes[table.subject].list.name,
        columns: columnsOf(table),
        options: tableOptions,
      },
    }),
    ...(diagram && {
      diagram: {
        name,
        summary: diagram.summary,
        shapes: diagram.subject === null ? null : subjectTypes[diagram.subject].list.name,
        options: diagramOptions(diagram.subject !== null),
      },
    }),
  };
}

function tableText(name: string, platform: Platform): string {
  const view = tableViews[name];
  if (view === undefined) return '';
  const columns = columnsOf(view).map(({ name, shown, says, cel }) => [
    name,
    shown,
    cel === null ? '(no expression)' : cel === name ? '' : cel,
    says,
  ]);
  const made = tableOf(platform, createQuery(platform), { view: name, limit: '3' });
  const example = made.ok && made.table.rows.length > 0 ? tableToMarkdown(made.table) : 'nothing of it here';
  return [
    `table ${name}: ${view.title}\n`,
    `${view.summary}`,
    `\`where\` and columns of your own speak of one of \`${subjectTypes[view.subject].list.name}\`: \`plumbline explain expressions\`.\n`,
    `columns: name, when shown, in expressions where that is not the name, what it holds`,
    columnsText(columns),
    'options',
    columnsText(tableOptions.map((option) => [option.name, `default: ${option.default}`, option.says])),
    `plumbline table ${name} --limit 3`,
    `\n${example.trimEnd()}\n`,
  ].join('\n');
}

function diagramText(name: string, platform: Platform): string {
  const view = diagramViews[name];
  if (view === undefined) return '';
  const { subject } = view;
  const [first] = platform.model.applications;
  const of = first && platform.resource(first.id) ? `Application/${first.name}` : undefined;
  const call =
    subject === null ? `plumbline diagram ${name} --of ${of ?? 'Kind/name'}` : `plumbline diagram ${name}`;
  const made = diagramOf(platform, createQuery(platform), {
    view: name,
    ...(subject === null ? { of } : {}),
  });
  const example = made.ok ? `${made.diagram.description}` : (made.faults[0]?.message ?? 'nothing of it here');
  return [
    `diagram ${name}: ${view.title}\n`,
    view.summary,
    subject === null
      ? '`of` names the resource that it is about.\n'
      : `\`where\` speaks of one of \`${subjectTypes[subject].list.name}\`: \`plumbline explain expressions\`.\n`,
    'options',
    columnsText(
      diagramOptions(subject !== null).map((option) => [
        option.name,
        `default: ${option.default}`,
        option.says,
      ]),
    ),
    call,
    `\n${example}\n`,
  ].join('\n');
}

function columnsOf(view: TableView): ColumnText[] {
  return view.columns.map((column) => ({
    name: column.name,
    shown: column.hidden || column.hiddenIn ? (column.hiddenIn ? 'by what deploys' : 'if named') : 'always',
    cel: columnInCel(view.subject, column),
    says: columnSays(view.subject, column).replaceAll('`', ''),
  }));
}

const tableOptions: Option[] = [
  { name: 'where', default: 'every row', says: 'rows of which an expression is true' },
  { name: 'columns', default: 'those always shown', says: 'names, or `label = expression`, with commas' },
  { name: 'sort', default: "the view's order", says: 'columns; `-name` for descending' },
  { name: 'group', default: 'none', says: 'column whose value heads a group of rows' },
  { name: 'limit', default: 'all', says: 'at most so many rows' },
  { name: 'caption', default: "the view's title", says: 'on a page: the words above the table' },
  { name: 'empty', default: 'no row is a fault', says: 'on a page: why there may be no row' },
];

function diagramOptions(takesWhere: boolean): Option[] {
  return [
    takesWhere
      ? { name: 'where', default: 'everything', says: 'what an expression is true of' }
      : { name: 'of', default: 'must be given', says: 'the resource, as `Kind/name`' },
    { name: 'title', default: "the view's title", says: 'caption, and what a screen reader says' },
    { name: 'layout', default: 'dagre', says: 'on a page: `dagre` or `elk`' },
    { name: 'empty', default: 'no shape is a fault', says: 'on a page: why there may be nothing' },
  ];
}

interface ViewName {
  name: string;
  isTable: boolean;
  isDiagram: boolean;
}

interface ColumnText {
  name: string;
  shown: string;
  cel: string | null;
  says: string;
}

interface Option {
  name: string;
  default: string;
  says: string;
}
