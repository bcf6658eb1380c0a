/**
 * Rendering of an ApplicationSet's template with one set of parameters.
 * Sources: fasttemplate as `applicationset/utils` calls it; of Go templates the part that needs no function library.
 */
import { isObject, type JsonObject, type JsonValue } from '../../source/index.ts';
import { renderGoTemplate } from './go-template.ts';
import type { Rendering } from './rendering.ts';

/** Every text and key of a value rendered; the first thing that cannot be rendered makes the whole unverified. */
export function renderTemplate(
  value: JsonValue,
  parameters: JsonObject,
  options: TemplateOptions,
): Rendering<JsonValue> {
  if (typeof value === 'string') return renderText(value, parameters, options);
  if (Array.isArray(value)) {
    const list: JsonValue[] = [];
    for (const item of value) {
      const rendered = renderTemplate(item, parameters, options);
      if (!rendered.ok) return rendered;
      list.push(rendered.value);
    }
    return { ok: true, value: list };
  }
  if (!isObject(value)) return { ok: true, value };
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    // Go's rendering drops null members of maps.
    if (inner === null) continue;
    const name = renderText(key, parameters, options);
    if (!name.ok) return name;
    const rendered = renderTemplate(inner, parameters, options);
    if (!rendered.ok) return rendered;
    result[name.value] = rendered.value;
  }
  return { ok: true, value: result };
}

export function renderText(
  text: string,
  parameters: JsonObject,
  options: TemplateOptions,
): Rendering<string> {
  if (!text.includes('{{')) return { ok: true, value: text };
  return options.goTemplate
    ? renderGoTemplate(text, parameters, options.missingKeyError)
    : renderFast(text, parameters);
}

/** `{{ name }}` is replaced where the parameter exists and is a text, else left as written; nothing is replaced twice. */
function renderFast(text: string, parameters: JsonObject): Rendering<string> {
  if (!text.split('\n').some((line) => line.includes('{{') && line.includes('}}')))
    return { ok: true, value: text };
  let result = '';
  let position = 0;
  for (;;) {
    const open = text.indexOf('{{', position);
    if (open < 0) return { ok: true, value: result + text.slice(position) };
    const close = text.indexOf('}}', open + 2);
    if (close < 0)
      return { ok: false, why: `a tag of the template is not closed: \`${text.slice(open, open + 40)}\`` };
    const tag = text.slice(open + 2, close);
    const value = Object.hasOwn(parameters, tag.trim()) ? parameters[tag.trim()] : undefined;
    result += text.slice(position, open) + (typeof value === 'string' ? value : `{{${tag}}}`);
    position = close + 2;
  }
}

export interface TemplateOptions {
  goTemplate: boolean;
  /** `goTemplateOptions: [missingkey=error]`. */
  missingKeyError: boolean;
}
