/**
 * Parameters of triggers: a value out of an event, put into an object. Source: argo-events
 * pkg/sensors/triggers/params.go (ResolveParamValue, ApplyParams), tidwall/sjson.
 */
import { asText, isObject, type JsonObject, type JsonValue, objectAt, textAt } from '../../base/index.ts';
import { renderText } from '../../template/index.ts';
import { UnreadPath, valueAt } from './filters/gjson.ts';

/**
 * The object with all parameters in it. `error`: the trigger fails; `unknown`: what it becomes is not known
 * here.
 */
export function applyParameters(
  parameters: readonly JsonValue[],
  object: JsonObject,
  events: ReadonlyMap<string, ParameterEvent>,
): Applied {
  let result: JsonValue = structuredClone(object);
  for (const parameter of parameters) {
    const dest = textAt(parameter, 'dest') ?? '';
    try {
      const resolved = resolve(objectAt(parameter, 'src'), events);
      if (resolved === null) continue;
      const put = combined(textAt(parameter, 'operation') ?? '', valueAt(result, dest), resolved);
      const isRaw = !put.isText && objectAt(parameter, 'src').useRawData === true;
      result = setAt(result, destinationParts(dest), isRaw ? put.raw : put.text);
    } catch (error) {
      if (error instanceof ParameterError) return { error: error.message };
      if (error instanceof UnreadPath) return { unknown: `\`${dest}\` or what it is taken from is not read` };
      throw error;
    }
  }
  return isObject(result) ? { object: result } : { error: 'it is no object any more' };
}

/** Null where the dependency took no part and nothing is given for that: the parameter is left out. */
function resolve(source: JsonObject, events: ReadonlyMap<string, ParameterEvent>): Resolved | null {
  const given = textAt(source, 'value');
  const fallback = given === undefined ? null : { text: given, raw: given, isText: true };
  const event = events.get(textAt(source, 'dependencyName') ?? '');
  if (event === undefined) return fallback;
  const wanted = (kind: 'data' | 'context') => ({
    key: textAt(source, `${kind}Key`) ?? '',
    template: textAt(source, `${kind}Template`) ?? '',
  });
  const [data, context] = [wanted('data'), wanted('context')];
  const ofData = data.key !== '' || data.template !== '';
  if (!ofData && context.key === '' && context.template === '')
    return fallback ?? textOf({ context: event.context, data: event.data });
  const { key, template } = ofData ? data : context;
  const payload = ofData ? event.data : event.context;
  if (template !== '') {
    const rendered = renderText(template, { Input: payload }, { goTemplate: true });
    if (!rendered.ok && key === '' && fallback === null) throw new UnreadPath(template);
    if (rendered.ok && rendered.value !== '' && rendered.value !== '<no value>')
      return textOf(rendered.value);
  }
  const found = key === '' ? undefined : valueAt(payload, key);
  if (found !== undefined) return { text: textOf(found).text, raw: found, isText: typeof found === 'string' };
  if (fallback === null)
    throw new ParameterError(`unable to resolve '${textAt(source, 'dependencyName')}' parameter value`);
  return fallback;
}

/** `append` and `prepend` make a text of what is there and what comes. */
function combined(operation: string, current: JsonValue | undefined, put: Resolved): Resolved {
  if (current === undefined || (operation !== 'append' && operation !== 'prepend')) return put;
  const there = current === null ? '' : asText(current);
  return textOf(operation === 'append' ? there + put.text : put.text + there);
}

function textOf(value: JsonValue): Resolved {
  const text = asText(value);
  return { text, raw: text, isText: true };
}

/**
 * A path of sjson: members and indexes by dots, `\` before what is meant as it stands, `:1` a name of digits.
 */
function destinationParts(path: string): string[] {
  if (path === '' || /(^|[^\\])[*?|#@{[]/.test(path)) throw new UnreadPath(path);
  return (path.match(/(?:\\[\s\S]|[^.\\])+/g) ?? []).map((part) => part.replace(/\\([\s\S])/g, '$1'));
}

/**
 * `-1` is behind the last of a list. What is missing on the way is made: a list where an index comes next.
 */
function setAt(value: JsonValue | undefined, path: readonly string[], put: JsonValue): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) return put;
  if (Array.isArray(value) || (value === undefined && /^(-1|\d+)$/.test(first))) {
    const list = [...(Array.isArray(value) ? value : [])];
    const index = first === '-1' ? list.length : Number(first);
    if (!Number.isInteger(index) || index > list.length + mostPadding)
      throw new ParameterError(`cannot set array element for non-numeric key '${first}'`);
    while (list.length < index) list.push(null);
    list[index] = setAt(list[index], rest, put);
    return list;
  }
  const name = first.replace(/^:/, '');
  const object = isObject(value) ? value : {};
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  return Object.fromEntries([
    ...Object.entries(object).filter(([key]) => key !== name),
    [name, setAt(inner, rest, put)],
  ]);
}

class ParameterError extends Error {}
/** Elements that an index may be behind the end of a list. */
const mostPadding = 1000;

interface Resolved {
  text: string;
  /** As it stands in the event. */
  raw: JsonValue;
  isText: boolean;
}

export type Applied = { object: JsonObject } | { error: string } | { unknown: string };
export interface ParameterEvent {
  data: JsonValue;
  /** Its CloudEvents attributes. */
  context: JsonObject;
}
