/**
 * The keys that `target.template` gives a Secret. Source: `externalsecret_controller_template.go`
 * ApplyTemplate, `pkg/controllers/templating/parser.go`, `runtime/template/v2/template.go` mapScopeApply.
 */
import { at, isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { readYaml } from '../../base/yaml-value.ts';
import { type KeySet, keySet, unitedKeys } from './key-set.ts';
import type { Manifest, Objects } from './objects.ts';
import { templateFault } from './template-names.ts';

/**
 * What the template makes of the fetched keys; without one they stay as they are. `data` and `templateFrom`
 * replace them all, unless `mergePolicy` says otherwise: a `templateFrom` for labels, too.
 */
export function templated(
  template: JsonObject,
  namespace: string | null,
  fetched: KeySet,
  objects: Objects,
): Templated {
  const parts = listAt(template, 'templateFrom')
    .filter(isObject)
    .flatMap((from) => partsOf(from, namespace, objects));
  const data = objectAt(template, 'data');
  const metadata = objectAt(template, 'metadata');
  const labels = objectAt(metadata, 'labels');
  const annotations = objectAt(metadata, 'annotations');
  const lacking = parts.find(({ lacks }) => lacks);
  const texts = [
    ...parts.flatMap(({ text }) => text ?? []),
    ...[data, labels, annotations].flatMap((one) => Object.values(one)),
  ];
  const faults = texts.flatMap((text) =>
    typeof text === 'string' ? (templateFault(text, fetched) ?? []) : [],
  );
  const hasTemplate = Object.keys(data).length > 0 || listAt(template, 'templateFrom').length > 0;
  const made = [
    ...parts.filter(({ target }) => target === 'data').map(({ keys }) => keys),
    keySet(Object.keys(data)),
  ];
  const keeps = template.mergePolicy === 'Merge' || !hasTemplate;
  const marks = (target: string): Record<string, null> =>
    Object.fromEntries(
      parts
        .filter((part) => part.target === target)
        .flatMap(({ keys }) => [...keys.sure].map((key) => [key, null])),
    );
  return {
    keys: unitedKeys(keeps ? [fetched, ...made] : made),
    labels: { ...marks('labels'), ...marksOf(labels) },
    annotations: { ...marks('annotations'), ...marksOf(annotations) },
    fails: lacking ? 'template-source-key' : (faults[0] ?? null),
  };
}

/** A value with a template in it is known to nobody before. */
function marksOf(values: JsonObject): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value.includes('{{') ? null : value]] : [],
    ),
  );
}

/** What one entry of `templateFrom` gives. */
function partsOf(from: JsonObject, namespace: string | null, objects: Objects): Part[] {
  const target = (textAt(from, 'target') || 'Data').toLowerCase();
  const literal = textAt(from, 'literal');
  return [
    ...itemsOf(from, 'configMap', target, (name) =>
      textsOf(objects.find('', 'ConfigMap', namespace, name), ['data']),
    ),
    ...itemsOf(from, 'secret', target, (name) => {
      const secret = objects.find('', 'Secret', namespace, name);
      return objects.hidden ? hiddenTexts(secret) : textsOf(secret, ['data', 'stringData']);
    }),
    ...(literal === undefined
      ? []
      : [{ target, keys: objects.hidden ? open : keysOfText(literal), text: literal, lacks: false }]),
  ];
}

function itemsOf(
  from: JsonObject,
  field: 'configMap' | 'secret',
  target: string,
  textsOfSource: (name: string) => Texts | null,
): Part[] {
  const source = at(from, field);
  if (!isObject(source)) return [];
  const texts = textsOfSource(textAt(source, 'name') ?? '');
  return listAt(source, 'items').map((item) => {
    const key = textAt(item, 'key') ?? '';
    const text = texts?.get(key);
    const isMap = textAt(item, 'templateAs') === 'KeysAndValues';
    return {
      target,
      keys: isMap ? (typeof text === 'string' ? keysOfText(text) : open) : keySet([key]),
      text: text ?? null,
      lacks: texts !== null && text === undefined,
    };
  });
}

/** Null where no manifest declares the object. */
function textsOf(source: Manifest | undefined, fields: readonly string[]): Texts | null {
  if (source === undefined) return null;
  const texts: Texts = new Map();
  for (const field of fields)
    for (const [key, value] of Object.entries(objectAt(source.rendered, field)))
      texts.set(key, source.kind === 'Secret' && field === 'data' ? decoded(value) : String(value));
  return texts;
}

function hiddenTexts(secret: Manifest | undefined): Texts | null {
  const texts = textsOf(secret, ['data', 'stringData']);
  return texts === null ? null : new Map([...texts.keys()].map((key) => [key, null]));
}

function decoded(value: JsonValue): string {
  return Buffer.from(typeof value === 'string' ? value : '', 'base64').toString('utf8');
}

/**
 * Keys of a rendered map: as YAML reads it where nothing is a template, else the ones at the beginning of
 * each line, as long as nothing else begins one.
 */
function keysOfText(text: string): KeySet {
  if (!text.includes('{{')) {
    const value = readYaml(text);
    return isObject(value) ? keySet(Object.keys(value)) : open;
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const keys = lines.map((line) => /^(?:([\w.-]+)|"([^"\\{]+)"|'([^'{]+)'):(?:\s|$)/.exec(line)?.slice(1));
  if (keys.includes(undefined)) return open;
  return keySet(keys.flatMap((one) => one?.find((key) => key !== undefined) ?? []));
}

const open = keySet([], [], true);

/** Texts of an object by their keys; null where one is hidden. */
type Texts = Map<string, string | null>;

interface Part {
  /** `data`, `labels`, `annotations`. */
  target: string;
  keys: KeySet;
  /** Of the template; null where it is not known. */
  text: string | null;
  /** The object has no such key. */
  lacks: boolean;
}

interface Templated {
  keys: KeySet;
  /** Null for a value that a template makes. */
  labels: Record<string, string | null>;
  annotations: Record<string, string | null>;
  /** Why it fails, in a word. */
  fails: string | null;
}
