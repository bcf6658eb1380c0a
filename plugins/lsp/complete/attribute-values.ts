import { CompletionItemKind } from 'vscode-languageserver/node';
import { overName, subjectKinds, subjectTypes } from '../../query/index.ts';
import { columnSays, diagramViews, tableViews } from '../../views/index.ts';
import type { AttributeWriting } from '../cursor.ts';
import { pathsOf } from './inline-code.ts';
import { referencesTo } from './resources.ts';
import type { Completer, Completion, CompletionContext } from './types.ts';

/** Values of attributes that are no expressions: views, columns, lists, files, resources. */
export const attributeValues: Completer = (writing, context) => {
  if (writing.at !== 'attribute') return null;
  return valuesByName[writing.name]?.(writing, context) ?? null;
};

const valuesByName: Record<
  string,
  (writing: AttributeWriting, context: CompletionContext) => Completion[] | null
> = {
  view: ({ statement }) =>
    Object.values(statement === 'diagram' ? diagramViews : tableViews).map(({ name, title, summary }) => ({
      label: name,
      kind: CompletionItemKind.Enum,
      detail: title,
      says: summary,
    })),
  over: () =>
    subjectKinds.map((kind) => ({
      label: overName(kind),
      kind: CompletionItemKind.Enum,
      says: subjectTypes[kind].list.says,
    })),
  layout: () => ['dagre', 'elk'].map((label) => ({ label, kind: CompletionItemKind.Enum })),
  of: ({ statement }, { engine }) =>
    statement === 'diagram' || statement === 'waves' ? referencesTo(engine.platform) : null,
  resource: (_, { engine }) => referencesTo(engine.platform),
  source: (_, { engine }) => pathsOf(engine.platform).filter(({ label }) => !label.endsWith('/')),
  columns: columnNames,
  sort: columnNames,
  group: columnNames,
};

/** Of the view that stands before; what follows an `=` is an expression. */
function columnNames({ given, value, start }: AttributeWriting): Completion[] | null {
  const view = tableViews[given.view ?? ''];
  const last = /(?:^|,)\s*-?([^,=]*)$/.exec(value)?.[1];
  if (view === undefined || last === undefined) return null;
  return view.columns.map((column) => ({
    label: column.name,
    kind: CompletionItemKind.Field,
    detail: column.label,
    says: columnSays(view.subject, column),
    start: start + value.length - last.length,
  }));
}
