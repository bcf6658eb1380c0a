/**
 * Every small change that can be made to a manifest: a value changed, a key, an item, a document or the file
 * taken away, two items swapped.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, isSeq, type Pair, parseAllDocuments, type Scalar } from 'yaml';
import { exclusionOf, isDefault, isOrdered } from './scope.ts';

/**
 * The mutants of a YAML file, in its order. Edits that leave what the file says as it was are none.
 * @param text as `normalised` writes it, so that a mutant differs in nothing but its change
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const documents = parseAllDocuments(text);
  const texts = documents.map(textOf);
  const mutants: Mutant[] = [];
  for (const [index, document] of documents.entries()) {
    const before: unknown = document.toJS();
    const kind = kindOf(file, before);
    const ownName = String(document.getIn(['metadata', 'name']));
    const add = (edit: Edit) => {
      const after = whileMade(edit, () => saidBy(document));
      if (after === undefined || isDeepStrictEqual(before, after)) return;
      const { path, what } = edit;
      if (edit.removes !== undefined && isDefault(kind, path, edit.removes, ownName)) return;
      const at = { file, line: lineOf(text, edit.offset), path: pathText(path), kind, what };
      mutants.push({
        ...at,
        excluded: exclusionOf(kind, path, edit.removes),
        // Of thousands a run tries a few.
        get text() {
          const changed = whileMade(edit, () => textOf(document));
          return joined(texts.with(index, changed));
        },
      });
    };
    for (const edit of editsOf(document)) add(edit);
    if (documents.length > 1) {
      const at = { file, line: lineOf(text, document.range[0]), path: '', kind, what: 'document removed' };
      mutants.push({ ...at, excluded: null, text: joined(texts.toSpliced(index, 1)) });
    }
  }
  return [...mutants, withoutFile(file)];
}

/** The file taken away: the one mutant of a file that is not YAML. */
export function withoutFile(file: string): Mutant {
  return {
    file,
    line: 1,
    path: '',
    kind: 'file',
    what: 'file removed',
    excluded: exclusionOf('file', [file]),
    text: null,
  };
}

/** The file as the writer of its mutants writes it. */
export function normalised(text: string): string {
  return joined(parseAllDocuments(text).map(textOf));
}

/** `K8s/x.yaml:3 spec.replicas: 2 → 3`. */
export function nameOf({ file, line, path, what }: Mutant): string {
  return `${file}:${line} ${path}${path === '' ? '' : ': '}${what}`;
}

/** What is found while an edit is made; it is undone again. */
function whileMade<T>({ make }: Edit, look: () => T): T {
  const undo = make();
  try {
    return look();
  } finally {
    undo();
  }
}

function* editsOf(document: Document.Parsed): Generator<Edit> {
  yield* editsBelow(document.contents, []);
}

function* editsBelow(node: unknown, path: Path): Generator<Edit> {
  if (isMap(node)) {
    for (const [index, pair] of node.items.entries()) {
      const at = [...path, keyOf(pair)];
      yield {
        path: at,
        what: 'key removed',
        removes: plain(pair.value),
        offset: offsetOf(pair.key),
        make: () => {
          node.items.splice(index, 1);
          return () => node.items.splice(index, 0, pair);
        },
      };
      yield* editsBelow(pair.value, at);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const at = [...path, index];
      yield {
        path: at,
        what: `item removed (${briefly(item)})`,
        removes: plain(item),
        offset: offsetOf(item),
        make: () => {
          node.items.splice(index, 1);
          return () => node.items.splice(index, 0, item);
        },
      };
      const next = node.items[index + 1];
      if (next !== undefined && isOrdered(path)) {
        yield {
          path: at,
          what: 'swapped with the next',
          offset: offsetOf(item),
          make: () => {
            node.items.splice(index, 2, next, item);
            return () => node.items.splice(index, 2, item, next);
          },
        };
      }
      yield* editsBelow(item, at);
    }
  } else if (isScalar(node)) {
    for (const value of othersOf(node.value, path)) yield valueEdit(node, path, value);
  }
}

function valueEdit(node: Scalar, path: Path, value: unknown): Edit {
  const { value: old, source } = node;
  return {
    path,
    what: `${briefly(old)} → ${briefly(value, old)}`,
    offset: offsetOf(node),
    make: () => {
      node.value = value;
      // The writer prefers the source of a number to its value.
      delete node.source;
      return () => {
        node.value = old;
        if (source !== undefined) node.source = source;
      };
    },
  };
}

/** Other values of the same shape. A text of several lines is changed line by line. */
function othersOf(value: unknown, path: Path): unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value !== 'string') return [];
  // Another version of an API is the cluster's business; another group is another kind.
  if (path.length === 1 && path[0] === 'apiVersion')
    return [value.includes('/') ? `x${value}` : `example.com/${value}`];
  const lines = value.split('\n');
  return lines.flatMap((line, index) => {
    const other = otherText(line);
    return other === line ? [] : [lines.with(index, other).join('\n')];
  });
}

/** `true` ↔ `false`, a number and one more, else the last letter or digit replaced by its neighbour. */
function otherText(text: string): string {
  if (text === 'true' || text === 'false') return String(text === 'false');
  if (/^-?\d+$/.test(text)) return String(Number(text) + 1);
  return text.replace(/[a-z\d](?=[^a-z\d]*$)/i, (last) => {
    if (/\d/.test(last)) return String((Number(last) + 1) % 10);
    if (/z/i.test(last)) return last === 'z' ? 'a' : 'A';
    return String.fromCharCode(last.charCodeAt(0) + 1);
  });
}

function kindOf(file: string, value: unknown): string {
  if (/(^|\/)kustomization\.yaml$/.test(file)) return 'Kustomization';
  const kind = (value as { kind?: unknown; apiVersion?: unknown } | null)?.kind;
  return typeof kind === 'string' ? kind : 'values';
}

/** Undefined where an anchor was taken away that an alias needs: no YAML any more. */
function saidBy(document: Document.Parsed): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function textOf(document: Document.Parsed): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, directives: false });
}

function joined(texts: string[]): string {
  return texts.join('---\n');
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function offsetOf(node: unknown): number {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0] ?? 0;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function plain(value: unknown): unknown {
  return isScalar(value) || isMap(value) || isSeq(value) ? value.toJSON() : value;
}

/** Of a long text the first line that differs from the other, cut short. */
function briefly(value: unknown, other?: unknown): string {
  const said = plain(value);
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  const lines = text.split('\n');
  const others = typeof other === 'string' ? other.split('\n') : [];
  const line = lines.find((one, index) => one !== others[index]) ?? '';
  return line.length > 60 ? `${line.slice(0, 28)}…${line.slice(-28)}` : line;
}

function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

export type Path = readonly (string | number)[];

/** One change of one file. */
export interface Mutant {
  file: string;
  /** From 1; of the file before the change. */
  line: number;
  path: string;
  kind: string;
  /** The change in words: `20 → 21`. */
  what: string;
  /** Why no page speaks of it; null where one must. */
  excluded: string | null;
  /** The file after the change; null where it is gone. */
  text: string | null;
}

interface Edit {
  path: Path;
  what: string;
  /** Where in the text, from 0. */
  offset: number;
  /** Changes the document; what it gives undoes that. */
  make(): () => void;
  /** The value of the key or item that is removed. */
  removes?: unknown;
}
