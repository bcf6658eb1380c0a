import type { Field, ModelList, Signature } from '../../plugins/query/index.ts';

/**
 * The reference of expressions: names of each kind of row, lists of the model, functions. The same table is a
 * page of the site.
 */
export function describeExpressions({ fields, lists, functions }: Reference): string {
  const kinds = Object.entries(fields).map(
    ([kind, own]) =>
      `${kind === 'resource' ? 'names of every row' : `names of a row of kind ${kind}, besides`}\n${columns(
        own.map(({ name, type, says }) => [name, type, says]),
      )}`,
  );
  const groups = Map.groupBy(functions, ({ group }) => group);
  return `${[
    'Expressions are CEL (https://cel.dev), about one row in `where`, `of`, `all`, `any`, `none`, `count`, `columns`, `covers`;',
    'about the whole model in `value`. `has(x.y)` asks for a key, `x.?y.orValue(z)` gives another where it is absent.\n',
    ...kinds,
    `lists that \`value\` may start from\n${columns(lists.map(({ name, says, example }) => [name, says, example]))}`,
    ...[...groups].map(
      ([title, signatures]) =>
        `${title.toLowerCase()}\n${columns(signatures.map(({ forms, says, example }) => [forms[0] ?? '', says, example]))}`,
    ),
  ].join('\n')}`;
}

function columns(rows: string[][]): string {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

interface Reference {
  fields: Record<string, Field[]>;
  lists: ModelList[];
  functions: Signature[];
}
