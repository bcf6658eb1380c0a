import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from 'yaml';
import { z } from 'zod';
import { asText, didYouMean, inCode, type JsonValue, nearest, uniqueBy } from '../../base/index.ts';

/**
 * All that is wrong with a configuration, in words, each with its place; in the order of the file.
 * @param schema that it was held to.
 */
export function configFaults(
  issues: readonly z.core.$ZodIssue[],
  document: Document,
  lines: LineCounter,
  schema: z.ZodType,
): ConfigFault[] {
  const form = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Form;
  // Of one value the first: what has the wrong type is also too short.
  return uniqueBy(issues, ({ code, path }) => `${code === 'unrecognized_keys'} ${path.join('.')}`)
    .flatMap((issue) => told(issue, document, form))
    .map(({ offset, words }) => {
      const { line, col: column } = lines.linePos(offset);
      return { line, column, words };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

export interface ConfigFault {
  line: number;
  column: number;
  words: string;
}

/** One in a line of its own, with where it is. */
export function faultLine({ line, column, words }: ConfigFault): string {
  return `  ${line}:${column} ${words}`;
}

function told(issue: z.core.$ZodIssue, document: Document, form: Form): Told[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const name = path.length === 0 ? 'the top level' : inCode(path.join('.'));
  if (issue.code === 'unrecognized_keys') {
    const known = keysUnder(form, path);
    return issue.keys.map((key) => {
      const near = didYouMean(nearest(key, known));
      const hint = near || `known: ${known.map(inCode).join(', ')}`;
      const where = path.length === 0 ? '' : ` under ${name}`;
      return {
        offset: offsetOf(document, [...path, key], true),
        words: `there is no key ${inCode(key)}${where}: ${hint}`,
      };
    });
  }
  const offset = offsetOf(document, path, issue.code === 'invalid_key');
  const given = document.getIn(path) as JsonValue | undefined;
  const shown = isNode(given) ? kindOf(given) : inCode(asText(given ?? null).slice(0, 60));
  // Of what may be written in two ways, what goes for the one that was meant.
  if (issue.code === 'invalid_union') {
    const isOfForm = (one: readonly z.core.$ZodIssue[]): boolean =>
      !one.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
    const inner = issue.errors.filter((one) => isOfForm(one) || one.some(({ path }) => path.length > 0));
    const [first] = inner.flat();
    if (first)
      return told({ ...first, path: [...issue.path, ...first.path] } as z.core.$ZodIssue, document, form);
    const own = schemaAt(form, path);
    const isNumber = isScalar(given) ? typeof given.value === 'number' : typeof given === 'number';
    const hint = isNumber && own.anyOf?.some(({ type }) => type === 'string') ? ': write it in quotes' : '';
    return [{ offset, words: `${name} ${formWords(own)}, and is ${shown}${hint}` }];
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const near = didYouMean(nearest(String(given), values)) || `one of ${values.map(inCode).join(', ')}`;
    return [{ offset, words: `${name} cannot be ${shown}: ${near}` }];
  }
  if (issue.code === 'invalid_type')
    return [
      given === undefined
        ? { offset, words: `${name} is missing: it is ${article(issue.expected)}` }
        : { offset, words: `${name} must be ${article(issue.expected)}, and is ${shown}` },
    ];
  if (issue.code === 'too_small') return [{ offset, words: `${name} is empty` }];
  if (issue.code === 'invalid_format')
    return [
      {
        offset,
        words: `${name} ${issue.format === 'url' ? 'is no address on the web' : issue.message}: ${shown}`,
      },
    ];
  if (issue.code === 'invalid_key')
    return [{ offset, words: `${name} is no name that a placeholder may have: letters, digits and \`_\`` }];
  return [{ offset, words: `${name}: ${issue.message}` }];
}

/** Where a value stands, or its key; the nearest thing above it that is there. */
function offsetOf(document: Document, path: readonly (string | number)[], key = false): number {
  for (let length = path.length; length > 0; length -= 1) {
    const above = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const last = path[length - 1];
    if (isMap(above)) {
      const pair = above.items.find(
        (one) => isPair(one) && isScalar(one.key) && String(one.key.value) === String(last),
      );
      const node = key && length === path.length ? pair?.key : (pair?.value ?? pair?.key);
      if (isNode(node) && node.range) return node.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function kindOf(node: unknown): string {
  return isMap(node) ? 'a map' : isScalar(node) ? inCode(asText(node.value as JsonValue)) : 'a list';
}

function article(type: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    object: 'a map',
    record: 'a map',
  };
  return Object.hasOwn(words, type) ? (words[type] ?? type) : `a ${type}`;
}

function formWords({ anyOf = [] }: Form): string {
  return `must be ${anyOf.map(({ type }) => article(type ?? 'value')).join(' or ')}`;
}

function keysUnder(form: Form, path: readonly (string | number)[]): string[] {
  return Object.keys(schemaAt(form, path).properties ?? {});
}

function schemaAt(form: Form, path: readonly (string | number)[]): Form {
  let at = form;
  for (const key of path) {
    const rest = typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined;
    at = (typeof key === 'number' ? at.items : (at.properties?.[key] ?? rest)) ?? {};
  }
  return at;
}

/** What is read of a JSON Schema. */
interface Form {
  type?: string;
  properties?: Record<string, Form>;
  additionalProperties?: Form | boolean;
  items?: Form;
  anyOf?: Form[];
}

interface Told {
  offset: number;
  words: string;
}
