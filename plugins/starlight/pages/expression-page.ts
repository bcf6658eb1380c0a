import { h } from 'hastscript';
import {
  type Field,
  functions,
  lists,
  type Signature,
  subjectKinds,
  subjectTypes,
} from '../../query/index.ts';
import { listElement, type TableFigureColumn, withCode } from '../../remark/index.ts';
import { english } from '../../words/index.ts';
import { type GeneratedPage, generatedData } from './generated-page.ts';
import { table } from './html.ts';

/**
 * `expressions/`: every name and function of the expressions in pages, from the table that the query itself
 * goes by.
 */
export function expressionPage(): GeneratedPage {
  const groups = Map.groupBy(functions, ({ group }) => group);
  return {
    id: 'expressions',
    data: {
      ...generatedData,
      title: 'Expressions',
      description: 'Every name and function that an expression of a page may use, each with an example.',
      // Examples are long: they need the room.
      tableOfContents: false,
    },
    body: [
      'Expressions are [CEL](https://cel.dev), the language of Kubernetes admission rules. `where`, `of`, `all`, `any`, `none`, `count`, `columns` and `covers` speak of one row at a time, by the names below; `value` speaks of the whole model and begins with one of its lists, or with a look-up.',
      'A key that a row lacks takes the row out of a selection; a key that no row has is an error. `has(x.y)` asks for a key, `x.?y.orValue(z)` puts another in its place. Numbers of manifests compare with whole and decimal literals alike. Work is bounded: an expression that would run away ends with an error.',
      '## Names of a row',
      'Every row is about a resource, and also knows what its manifest holds at the top (`spec`, `data`, `type`, …).',
      nameTable('Names of every row', subjectTypes.resource.fields),
      ...subjectKinds
        .filter((kind) => kind !== 'resource')
        .map((kind) => subjectTypes[kind])
        .flatMap(({ title, intro, fields }) => [
          `### ${title}`,
          intro ?? '',
          nameTable(`Names of ${title}, besides those of every row`, fields),
        ]),
      '## Lists of the whole model',
      table(
        {
          view: 'lists',
          caption: 'Lists of the whole model',
          columns: columns('List', 'Holds', 'Example'),
          rows: lists.map(({ name, says, example }) => ({
            id: name,
            cells: [h('code', name), withCode(says), h('code', example)],
          })),
        },
        english,
      ),
      '## Functions',
      ...[...groups].flatMap(([title, signatures]) => [`### ${title}`, functionTable(title, signatures)]),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

function nameTable(caption: string, own: Field[]): string {
  const rows = own.map(({ name, type, says, example }) => ({
    id: name,
    cells: [h('code', name), type, withCode(says), h('code', example)],
  }));
  return table(
    { view: 'names', caption, columns: columns('Name', 'Type', 'Holds', 'Example'), rows },
    english,
  );
}

function functionTable(caption: string, signatures: Signature[]): string {
  const rows = signatures.map(({ name, forms, says, example, gives }) => ({
    id: name,
    cells: [
      listElement(forms.map((form) => h('code', form))),
      withCode(says),
      gives === null ? h('code', example) : [h('code', example), ' is ', h('code', gives)],
    ],
  }));
  return table(
    { view: 'functions', caption, columns: columns('Written', 'Gives', 'Example'), rows },
    english,
  );
}

function columns(...labels: string[]): TableFigureColumn[] {
  return labels.map((label) => ({ name: label.toLowerCase(), label }));
}
