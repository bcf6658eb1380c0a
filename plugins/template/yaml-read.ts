/**
 * YAML as sigs.k8s.io/yaml reads it, which Argo CD and Helm use in templates: YAML 1.1's plain scalars
 * (`yes`, `on`, `0644`), keys made texts, the first document only. Expansion by aliases and depth are
 * bounded.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
} from 'yaml';
import { type JsonObject, type JsonValue, plainScalar } from '../base/index.ts';

/**
 * Of a key that is given twice the last counts, as Argo CD's `sigs.k8s.io/yaml` reads it. @throws Error where
 * the text is no YAML.
 */
export function readYaml(text: string): JsonValue {
  const [document] = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  if (document === undefined || !('contents' in document)) return null;
  const error = document.errors[0];
  if (error !== undefined)
    throw new Error(`error converting YAML to JSON: yaml: ${error.message.split('\n')[0]}`);
  return convert(document.contents, { document: document as unknown as Document, size: 0 }, 0);
}

function convert(node: unknown, state: State, depth: number): JsonValue {
  state.size += 1;
  if (depth > maximumDepth || state.size > maximumSize)
    throw new Error('yaml: document contains excessive aliasing');
  if (isAlias(node)) {
    const target = node.resolve(state.document);
    if (target === undefined) throw new Error(`yaml: unknown anchor '${node.source}' referenced`);
    return convert(target, state, depth + 1);
  }
  if (isSeq(node)) return node.items.map((item) => convert(item, state, depth + 1));
  if (isMap(node)) return convertMap(node, state, depth);
  if (!isScalar(node)) return null;
  const value = String(node.value ?? '');
  if (node.tag === 'tag:yaml.org,2002:str' || node.tag === '!!str') return value;
  return node.type === Scalar.PLAIN ? plainScalar(value) : value;
}

/** What it merges, of which the first source counts, below its own keys, of which the last does. */
function convertMap({ items }: YAMLMap, state: State, depth: number): JsonObject {
  const own: [string, JsonValue][] = [];
  const merged = new Map<string, JsonValue>();
  for (const { key, value } of items) {
    if (isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<') {
      const sources = convert(value, state, depth + 1);
      for (const source of [sources].flat())
        for (const [name, inner] of Object.entries((source ?? {}) as JsonObject))
          if (!merged.has(name)) merged.set(name, inner);
    } else {
      const name = convert(key, state, depth + 1);
      if (typeof name === 'object' && name !== null) throw new Error('yaml: invalid map key');
      own.push([String(name), convert(value, state, depth + 1)]);
    }
  }
  return Object.fromEntries([...merged, ...own]);
}

const maximumDepth = 100;
const maximumSize = 200_000;

interface State {
  document: Document;
  size: number;
}
