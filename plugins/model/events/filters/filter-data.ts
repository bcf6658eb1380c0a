/**
 * `data` filters: values of the payload by path, as a text (a regular expression that may match anywhere), a
 * number or a truth value. Several values are alternatives for every comparator, so that `!=` with two
 * different ones always passes. Source: filterData.
 */
import {
  asText,
  compileRe2,
  type JsonObject,
  type JsonValue,
  listAt,
  PatternError,
  takeSteps,
  textAt,
  textsAt,
} from '../../../base/index.ts';
import { renderText } from '../../../template/index.ts';
import { valueAt } from './gjson.ts';
import { all, any, certain, failed, type Outcome, unknownWhere } from './outcome.ts';

export function passesData(filters: JsonObject, data: JsonValue): Outcome {
  const outcomes = listAt(filters, 'data').map((filter) => passesOne(filter, data));
  return textAt(filters, 'dataLogicalOperator') === 'or' ? any(outcomes, false) : all(outcomes);
}

/**
 * Why a filter can pass no event whatever it holds; null where some may pass. Upstream takes such a filter
 * and reports an error on every event.
 */
export function alwaysFails(filter: JsonValue): string | null {
  const type = textAt(filter, 'type') ?? '';
  const values = textsAt(filter, 'value');
  const [first] = values;
  const comparator = textAt(filter, 'comparator') ?? '';
  switch (type) {
    case 'bool':
      return first !== undefined && truthOf(first) === null ? `\`${first}\` is no bool` : null;
    case 'number':
      return first !== undefined && numberOf(first) === null ? `\`${first}\` is no number` : null;
    case 'string':
      if (!['', '=', '!='].includes(comparator)) return `texts are not compared by \`${comparator}\``;
      return first === undefined ? null : patternFault(first);
    default:
      return `type \`${type}\` is none of bool, number and string`;
  }
}

function passesOne(filter: JsonValue, data: JsonValue): Outcome {
  const path = textAt(filter, 'path') ?? '';
  let found: JsonValue | undefined;
  try {
    found = valueAt(data, path);
  } catch {
    return unknownWhere(`the path \`${path}\` is not read`);
  }
  if (found === undefined) return failed(`path '${path}' does not exist`);
  const values = textsAt(filter, 'value');
  if (values.length === 0) return failed('no values specified');
  const template = textAt(filter, 'template') ?? '';
  if (template !== '') {
    const rendered = renderText(template, { Input: shown(found) }, { goTemplate: true });
    if (!rendered.ok) return unknownWhere(`the template \`${template}\` is not known`);
    if (rendered.value === '' || rendered.value === '<no value>')
      return failed(`template '${template}' evaluated to empty string or no value`);
    found = rendered.value;
  }
  const comparator = textAt(filter, 'comparator') ?? '';
  // The first value that fits ends it, as does the first that is none of the type.
  for (const value of values) {
    const fits = compare(textAt(filter, 'type') ?? '', comparator, value, found);
    if (typeof fits !== 'boolean') return fits;
    if (fits) return certain(true);
  }
  return certain(false);
}

function compare(type: string, comparator: string, value: string, found: JsonValue): boolean | Outcome {
  switch (type) {
    case 'bool': {
      const wanted = truthOf(value);
      return wanted === null ? failed(`'${value}' is no bool`) : wanted === truthIn(found);
    }
    case 'number': {
      const wanted = numberOf(value);
      return wanted === null
        ? failed(`'${value}' is no number`)
        : compareNumbers(comparator, numberIn(found), wanted);
    }
    case 'string':
      return compareText(comparator, value, shown(found));
    default:
      return failed(`unsupported JSON type '${type}'`);
  }
}

function compareNumbers(comparator: string, left: number, right: number): boolean {
  switch (comparator) {
    case '>=':
      return left >= right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '!=':
      return left !== right;
    case '=':
    case '':
      return left === right;
    default:
      return false;
  }
}

function compareText(comparator: string, pattern: string, text: string): boolean | Outcome {
  const fault = patternFault(pattern);
  if (fault !== null) return failed(fault);
  if (!takeSteps(1 + text.length / 100)) return unknownWhere('it takes too much work');
  let matches: boolean;
  try {
    matches = compileRe2(pattern).finds(text);
  } catch {
    return unknownWhere(`the pattern \`${pattern}\` is not read`);
  }
  if (comparator === '!=') return !matches;
  return (comparator === '' || comparator === '=') && matches;
}

/** Go's words for what is no regular expression. */
function patternFault(pattern: string): string | null {
  try {
    compileRe2(pattern);
    return null;
  } catch (error) {
    return error instanceof PatternError && !error.isUnsupported ? error.message : null;
  }
}

/** As `strconv.ParseBool` has it; null for other texts. */
function truthOf(text: string): boolean | null {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : null;
}

/** As `strconv.ParseFloat` has it. */
function numberOf(text: string): number | null {
  if (/^[-+]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : null;
}

function truthIn(value: JsonValue): boolean {
  if (typeof value === 'string') return truthOf(value.toLowerCase()) ?? false;
  return value === true || (typeof value === 'number' && value !== 0);
}

function numberIn(value: JsonValue): number {
  if (typeof value === 'string') return numberOf(value) ?? 0;
  return typeof value === 'number' ? value : Number(value === true);
}

/** gjson's `String()`. */
function shown(value: JsonValue): string {
  return value === null ? '' : asText(value);
}
