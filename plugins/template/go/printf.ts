/**
 * `Sprintf`: the format is read as Go reads it, `%[2]*[1]d` included. Wrong verbs and missing or surplus
 * operands show in the text. Source: package fmt (`doPrintf`).
 */
import { spend } from './budget.ts';
import { tooMuch } from './errors.ts';
import { print } from './print.ts';
import { type GoValue, isInt, isNil, typeName } from './values.ts';
import { type Flags, formatValue } from './verbs.ts';

export function printf(format: string, values: GoValue[]): string {
  const scan: Scan = { format, values, at: 0, next: 0, reordered: false };
  let text = '';
  while (scan.at < format.length) {
    const start = scan.at;
    const percent = format.indexOf('%', scan.at);
    const end = percent < 0 ? format.length : percent;
    text += format.slice(scan.at, end);
    scan.at = end + 1;
    if (percent >= 0) text += directive(scan);
    spend(scan.at - start);
  }
  if (scan.reordered || scan.next >= values.length) return text;
  const extra = values
    .slice(scan.next)
    .map((value) => (isNil(value) ? '<nil>' : `${typeName(value)}=${print(value)}`));
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

/** What stands behind a `%`, up to its verb. */
function directive(scan: Scan): string {
  const flags: Flags = { flags: '', width: undefined, precision: undefined };
  let faults = '';
  const { format } = scan;
  for (; '+-# 0'.includes(format[scan.at] ?? 'end'); scan.at += 1) flags.flags += format[scan.at];
  let index = operandIndex(scan);
  let isGood = index !== 'bad';

  if (format[scan.at] === '*') {
    const width = starred(scan);
    if (width === undefined) faults += '%!(BADWIDTH)';
    else {
      if (width < 0) flags.flags = `${flags.flags.replaceAll('0', '')}-`;
      flags.width = Math.abs(width);
    }
    index = 'none';
  } else {
    flags.width = number(scan);
    // `%[3]2d`: the index stands right before the verb or its `*`.
    if (index === 'found' && flags.width !== undefined) isGood = false;
  }

  if (format[scan.at] === '.') {
    scan.at += 1;
    if (index === 'found') isGood = false;
    index = operandIndex(scan);
    if (index === 'bad') isGood = false;
    if (format[scan.at] === '*') {
      const precision = starred(scan);
      if (precision === undefined || precision < 0) faults += '%!(BADPREC)';
      else flags.precision = precision;
      index = 'none';
    } else flags.precision = number(scan) ?? 0;
  }

  if (index === 'none' && operandIndex(scan) === 'bad') isGood = false;
  const [verb] = format.slice(scan.at, scan.at + 2);
  if (verb === undefined) return `${faults}%!(NOVERB)`;
  scan.at += verb.length;
  if (verb === '%') return `${faults}%`;
  if (!isGood) return `${faults}%!${verb}(BADINDEX)`;
  if (scan.next >= scan.values.length) return `${faults}%!${verb}(MISSING)`;
  if ((flags.width ?? 0) > maximumWidth || (flags.precision ?? 0) > maximumWidth)
    throw tooMuch('makes a text that is too long');
  return faults + formatValue(verb, scan.values[scan.next++], flags);
}

/** `[n]`, counted from one: from which operand it goes on. */
function operandIndex(scan: Scan): 'none' | 'found' | 'bad' {
  if (scan.format[scan.at] !== '[') return 'none';
  scan.reordered = true;
  const close = scan.format.indexOf(']', scan.at);
  const rest = scan.format.length - scan.at;
  if (rest < 3 || close < 0) {
    scan.at += 1;
    return 'bad';
  }
  const text = scan.format.slice(scan.at + 1, close);
  scan.at = close + 1;
  const index = /^\d{1,7}$/.test(text) ? Number(text) - 1 : -1;
  if (index < 0 || index >= scan.values.length) return 'bad';
  scan.next = index;
  return 'found';
}

/** The operand that a `*` takes; undefined where it is no number, or too large a one. */
function starred(scan: Scan): number | undefined {
  scan.at += 1;
  if (scan.next >= scan.values.length) return undefined;
  const value = scan.values[scan.next++];
  if (value === undefined || !isInt(value)) return undefined;
  return Math.abs(Number(value.int)) > largestNumber ? undefined : Number(value.int);
}

function number(scan: Scan): number | undefined {
  const [digits = ''] = /^\d*/.exec(scan.format.slice(scan.at)) ?? [];
  // Go gives up on the rest of the format where a number is out of all measure.
  if (Number(digits) > largestNumber) {
    scan.at = scan.format.length;
    return undefined;
  }
  scan.at += digits.length;
  return digits === '' ? undefined : Number(digits);
}

const largestNumber = 1_000_000;
const maximumWidth = 10_000;

interface Scan {
  format: string;
  values: readonly GoValue[];
  /** Offset into the format. */
  at: number;
  /** Of the next operand. */
  next: number;
  /** An index was given: nobody counts what is left over. */
  reordered: boolean;
}
