import type { Field, ModelList, Signature } from '../../plugins/query/index.ts';
import { columnsText } from './print-lines.ts';

/**
 * The reference of expressions: names of each kind of row, lists of the model, functions. The same table is a
 * page of the site.
 */
export function describeExpressions({ fields, lists, functions }: Reference): string {
  const kinds = Object.entries(fields).map(
    ([kind, own]) =>
      `${kind === 'resource' ? 'names of every row' : `names of a row of kind ${kind}, besides`}\n${columnsText(
        own.map(({ name, type, says }) => [name, type, says]),
      )}`,
  );
  const groups = Map.groupBy(functions, ({ group }) => group);
  return `${[
    'Expressions are CEL (https://cel.dev), about one row in `where`, `of`, `all`, `any`, `none`, `count`, `columns`, `covers`;',
    'about the whole model in `value`. `has(x.y)` asks for a key, `x.?y.orValue(z)` gives another where it is absent.\n',
    ...kinds,
    `lists that \`value\` may start from\n${columnsText(lists.map(({ name, says, example }) => [name, says, example]))}`,
    ...[...groups].map(
      ([title, signatures]) =>
        `${title.toLowerCase()}\n${columnsText(signatures.map(({ forms, says, example }) => [forms[0] ?? '', says, example]))}`,
    ),
  ].join('\n')}`;
}

interface Reference {
  fields: Record<string, Field[]>;
  lists: ModelList[];
  functions: Signature[];
}
