import { CompletionItemKind } from 'vscode-languageserver/node';
import type { JsonValue } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import { fields, functions, kindOfList, lists, type SubjectKind, subjectTypes } from '../../query/index.ts';
import { diagramViews, tableViews } from '../../views/index.ts';
import type { AttributeWriting } from '../cursor.ts';
import type { Completer, Completion } from './types.ts';

/** CEL: names of a row, functions, keys of what is there, and in quotes the values that there are. */
export const expressions: Completer = (writing, { engine }) => {
  if (writing.at !== 'attribute' || !isExpression(writing)) return null;
  const written = writing.name === 'columns' ? writing.value.replace(/^[\s\S]*[,=]/, '') : writing.value;
  const end = writing.start + writing.value.length;
  const row = rowOf(writing);
  const at = (found: Completion[], prefix: string) =>
    found.map((one) => ({ ...one, start: end - prefix.length }));

  const quoted = openText(written);
  if (quoted !== null) return at(textsFor(quoted.before, row, engine), quoted.text);
  const [, chain = '', key] = /((?:[A-Za-z_]\w*(?:\([^()]*\))?\.\??)*)(?<=\.\??)(\w*)$/.exec(written) ?? [];
  if (key !== undefined && chain !== '')
    return at([...keysOf(chain.replace(/\.\??$/, ''), row, engine), ...methods], key);
  const [name = ''] = /[A-Za-z_]\w*$/.exec(written) ?? [];
  return at([...names(row), ...freeFunctions, ...modelLists], name);
};

function isExpression({ statement, name, value }: AttributeWriting): boolean {
  if (name === 'columns') return /(?:^|,)[^,]*=[^,]*$/.test(value);
  if (name === 'of') return statement === 'claim';
  return (
    ['all', 'any', 'none', 'where', 'covers', 'value'].includes(name) ||
    (name === 'count' && statement === 'fact')
  );
}

/** What a row is about; null for an expression about the whole model. */
function rowOf({ statement, name, given }: AttributeWriting): SubjectKind | null {
  if (name === 'value') return null;
  if (statement === 'table') return tableViews[given.view ?? '']?.subject ?? 'resource';
  if (statement === 'waves') return 'application';
  if (statement === 'diagram') return diagramViews[given.view ?? '']?.subject ?? 'resource';
  return kindOfList(given.over ?? '') ?? 'resource';
}

/** The text literal that is still open, and what stands before it; null where none is. */
function openText(written: string): { before: string; text: string } | null {
  let open = -1;
  for (let at = 0; at < written.length; at += 1) {
    if (open >= 0 && written[at] === '\\') at += 1;
    else if (open < 0 && /['"]/.test(written[at] ?? '')) open = at;
    else if (open >= 0 && written[at] === written[open]) open = -1;
  }
  return open < 0 ? null : { before: written.slice(0, open), text: written.slice(open + 1) };
}

/** Names for `project('…`, keys for `labels['…`, values that some row has for `namespace == '…`. */
function textsFor(before: string, row: SubjectKind | null, engine: Engine): Completion[] {
  const value = (label: string): Completion => ({ label, kind: CompletionItemKind.Value });
  const lookUp = kindNamed(/\b([a-z]+)\(\s*$/.exec(before)?.[1] ?? '');
  if (lookUp !== undefined)
    return engine.query.subjects(lookUp).flatMap(({ record, resource }) => {
      const name = lookUp === 'resource' && resource ? engine.platform.referenceOf(resource) : nameOf(record);
      return name === null ? [] : [value(name)];
    });
  const keyed = /([A-Za-z_][\w.]*)\[\s*$/.exec(before)?.[1];
  if (keyed !== undefined && row !== null) return keysIn(valuesAt(keyed, row, engine)).map(value);
  const path = /([A-Za-z_][\w.]*)\s*(?:[=!]=\s*|in\s*\[(?:[^\]]*,)?\s*)$/.exec(before)?.[1];
  if (path === undefined || row === null) return [];
  return [...new Set(valuesAt(path, row, engine).filter((one) => typeof one === 'string'))].sort().map(value);
}

function nameOf(record: object): string | null {
  return 'name' in record && typeof record.name === 'string' ? record.name : null;
}

/** Keys of what a chain leads to, in any row: `spec.`, `application('obs-loki').destination.`. */
function keysOf(chain: string, row: SubjectKind | null, engine: Engine): Completion[] {
  const field = (label: string, detail?: string): Completion => ({
    label,
    kind: CompletionItemKind.Field,
    ...(detail === undefined ? {} : { detail }),
  });
  const lookUp = kindNamed(/^([a-z]+)\([^()]*\)$/.exec(chain)?.[1] ?? '');
  if (lookUp !== undefined) return names(lookUp);
  const found = /^[a-z]+\(/.test(chain)
    ? [resultOf(engine.query.value(chain))]
    : row === null
      ? []
      : valuesAt(chain, row, engine);
  return keysIn(found)
    .filter((key) => /^[A-Za-z_]\w*$/.test(key))
    .map((key) => field(key));
}

function keysIn(found: JsonValue[]): string[] {
  const keys = found.flatMap((one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.keys(one) : [],
  );
  return [...new Set(keys)].sort();
}

/** What an expression gives of the first rows that have it. */
function valuesAt(expression: string, row: SubjectKind, engine: Engine): JsonValue[] {
  const guarded = expression
    .replaceAll('.', '.?')
    .replace(/$/, expression.includes('.') ? '.orValue(null)' : '');
  return engine.query
    .subjects(row)
    .slice(0, mostRows)
    .map((subject) => resultOf(engine.query.evaluate(guarded, subject)));
}

function resultOf(result: ReturnType<Engine['query']['value']>): JsonValue {
  return result.ok ? result.value : null;
}

function kindNamed(name: string): SubjectKind | undefined {
  return Object.keys(subjectTypes).find((kind): kind is SubjectKind => kind === name);
}

function names(row: SubjectKind | null): Completion[] {
  if (row === null) return [];
  const own = row === 'resource' ? [] : fields[row];
  return [...new Map([...fields.resource, ...own].map((field) => [field.name, field])).values()].map(
    ({ name, type, says, example }) => ({
      label: name,
      kind: CompletionItemKind.Field,
      detail: type,
      says: `${says}\n\n\`${example}\``,
    }),
  );
}

const functionItems = functions.map(({ name, forms, says, example }): Completion & { isMethod: boolean } => ({
  label: name,
  kind: CompletionItemKind.Function,
  detail: forms.join(', '),
  says: `${says}\n\n\`${example}\``.trim(),
  insert: `${name}($0)`,
  isMethod: forms.every((form) => !form.startsWith(`${name}(`)),
}));
const freeFunctions: Completion[] = functionItems.filter(({ isMethod }) => !isMethod);
const methods: Completion[] = functionItems.filter(({ detail = '', label }) => detail.includes(`.${label}(`));
const modelLists: Completion[] = lists.map(({ name, says, example }) => ({
  label: name,
  kind: CompletionItemKind.Variable,
  detail: 'list',
  says: `${says}\n\n\`${example}\``,
}));

/** Enough to know which values there are, and quick in the largest repository. */
const mostRows = 3000;
