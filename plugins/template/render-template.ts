/** Rendering of an ApplicationSet's template, or of one text, with one set of parameters. */
import { byName, isObject, type JsonObject, type JsonValue } from '../base/index.ts';
import { renderFast } from './fast.ts';
import { functions } from './functions/index.ts';
import { TemplateError, UnknownValueError } from './go/errors.ts';
import { execute } from './go/evaluate.ts';
import type { Template } from './go/nodes.ts';
import { parseTemplate } from './go/parse.ts';
import type { MissingKey } from './go/state.ts';
import { toGo } from './go/values.ts';

/**
 * Every text and key of a value rendered; the first thing that cannot be rendered fails the whole. Null
 * members of maps are dropped.
 */
export function renderTemplate(
  value: JsonValue,
  parameters: JsonObject,
  options: TemplateOptions,
): Rendering<JsonValue> {
  return attempt(() => renderValue(value, parameters, options, 0));
}

export function renderText(
  text: string,
  parameters: JsonObject,
  options: TemplateOptions,
): Rendering<string> {
  return attempt(() => render(text, parameters, options));
}

function renderValue(
  value: JsonValue,
  parameters: JsonObject,
  options: TemplateOptions,
  depth: number,
): JsonValue {
  if (depth > maximumDepth) throw new TemplateError('the template is nested too deeply');
  if (typeof value === 'string') return render(value, parameters, options);
  if (Array.isArray(value)) return value.map((item) => renderValue(item, parameters, options, depth + 1));
  if (!isObject(value)) return value;
  const result = new Map<string, JsonValue>();
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== null)
      result.set(render(key, parameters, options), renderValue(inner, parameters, options, depth + 1));
  }
  return Object.fromEntries(result);
}

function render(text: string, parameters: JsonObject, options: TemplateOptions): string {
  if (!options.goTemplate) return renderFast(text, parameters);
  const missingKey = missingKeyOf(options);
  if (!text.includes('{{')) return text;
  let template: Template;
  try {
    template = templateOf(text);
  } catch (error) {
    throw worded(error, `failed to parse template ${text}`);
  }
  try {
    return execute(template, toGo(parameters, options.stringMaps), functions, missingKey);
  } catch (error) {
    throw worded(error, `failed to execute go template ${text}`);
  }
}

function worded(error: unknown, what: string): unknown {
  // A depth that JavaScript cannot follow is the template's fault, not ours.
  if (error instanceof RangeError) return new TemplateError(`${what}: it is nested too deeply`);
  return error instanceof TemplateError
    ? new TemplateError(`${what}: ${error.message}`, error.isMissing)
    : error;
}

/**
 * `goTemplateOptions`, the last one that counts; Argo CD's template engine panics at one it does not know.
 */
function missingKeyOf(options: TemplateOptions): MissingKey {
  let result: MissingKey = options.missingKeyError ? 'error' : 'invalid';
  for (const option of options.goTemplateOptions ?? []) {
    const known = missingKeys[option];
    if (known === undefined) throw new TemplateError(`unrecognized option: ${option}`);
    result = known;
  }
  return result;
}

function attempt<T>(call: () => T): Rendering<T> {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    if (error instanceof UnknownValueError) return { ok: false, why: error.message, is: 'unknown' };
    if (error instanceof TemplateError)
      return { ok: false, why: error.message, is: error.isMissing ? 'missing' : 'refused' };
    throw error;
  }
}

function templateOf(text: string): Template {
  let template = parsed.get(text);
  if (template === undefined) {
    template = parseTemplate(text, (name) => functions[name] !== undefined);
    if (parsed.size > 1000) parsed.clear();
    parsed.set(text, template);
  }
  return template;
}

/** A set's texts are rendered once for each of its parameter sets. */
const parsed = new Map<string, Template>();
const maximumDepth = 200;
const missingKeys: Record<string, MissingKey | undefined> = byName({
  'missingkey=default': 'invalid',
  'missingkey=invalid': 'invalid',
  'missingkey=zero': 'zero',
  'missingkey=error': 'error',
});

export interface TemplateOptions {
  goTemplate: boolean;
  /** `goTemplateOptions: [missingkey=error]`. */
  missingKeyError?: boolean;
  /** All of `spec.goTemplateOptions`, which win over `missingKeyError`. */
  goTemplateOptions?: readonly string[];
  /**
   * Dotted paths of parameters that are `map[string]string` in Argo CD: labels, annotations, a generator's
   * `values`.
   */
  stringMaps?: readonly string[];
}

export type Rendering<T> = { ok: true; value: T } | NotRendered;

export interface NotRendered {
  ok: false;
  why: string;
  /** Argo CD refuses it, where it is `missing` for what is not there; or it is not known here. */
  is: 'refused' | 'missing' | 'unknown';
}
