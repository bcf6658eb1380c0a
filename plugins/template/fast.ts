/**
 * The language of sets without `goTemplate`. Source: fasttemplate as Argo CD's `applicationset/utils` calls
 * it.
 */
import type { JsonObject } from '../base/index.ts';
import { spend, startWork } from './go/budget.ts';
import { TemplateError } from './go/errors.ts';

/**
 * `{{ name }}` is replaced where the parameter exists and is a text, else left as written; nothing is
 * replaced twice.
 * @throws UnknownValueError where it takes more work than a template of the other language may.
 */
export function renderFast(text: string, parameters: JsonObject): string {
  if (!text.split('\n').some(hasTag)) return text;
  startWork();
  let result = '';
  let position = 0;
  for (;;) {
    const open = text.indexOf('{{', position);
    if (open < 0) return result + text.slice(position);
    const close = text.indexOf('}}', open + 2);
    if (close < 0) {
      const rest = text.slice(open + 2);
      throw new TemplateError(
        `invalid template: Cannot find end tag="}}" in the template=${JSON.stringify(text)} starting from ${JSON.stringify(rest)}`,
      );
    }
    const tag = text.slice(open + 2, close);
    const name = tag.trim();
    const value = name !== '' && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const put = text.slice(position, open) + (typeof value === 'string' ? value : `{{${tag}}}`);
    spend(1 + (put.length >> 3));
    result += put;
    position = close + 2;
  }
}

function hasTag(line: string): boolean {
  const open = line.indexOf('{{');
  return open >= 0 && line.includes('}}', open + 2);
}
