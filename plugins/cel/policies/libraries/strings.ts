/** The `strings`, `encoders` and `math` extensions of cel-go, as far as the engine lacks them. */
import type { Meter } from '../../environment.ts';
import { compareValues } from '../values.ts';
import { formatText } from './format-text.ts';
import { type Library, refused, registerAll, registerNamespace } from './library.ts';

export const stringsLibrary: Library = (environment, meter) => {
  const strings = registerNamespace(environment, 'strings');
  const base64 = registerNamespace(environment, 'base64');
  const math = registerNamespace(environment, 'math');
  const most = (sign: number) => (_: unknown, list: unknown[]) => {
    if (list.length === 0) throw refused('math.greatest/least of an empty list');
    return list.reduce((best, one) => (compareValues(one, best) * sign > 0 ? one : best));
  };
  registerAll(environment, {
    'string.charAt(int): string': (text: string, at: bigint) => {
      const characters = [...text];
      if (at < 0n || at > BigInt(characters.length)) throw refused(`index out of range: ${at}`);
      return characters[Number(at)] ?? '';
    },
    'string.replace(string, string): string': (text: string, from: string, to: string) =>
      replaced(text, from, to, -1, meter),
    'string.replace(string, string, int): string': (text: string, from: string, to: string, times: bigint) =>
      replaced(text, from, to, Number(times), meter),
    'string.reverse(): string': (text: string) => [...text].reverse().join(''),
    'string.format(list): string': (text: string, values: unknown[]) => formatText(text, values, meter),
    [`${strings}.quote(string): string`]: (_: unknown, text: string) => quoted(text),
    [`${base64}.encode(bytes): string`]: (_: unknown, bytes: Uint8Array) =>
      Buffer.from(bytes).toString('base64'),
    [`${base64}.decode(string): bytes`]: (_: unknown, text: string) => {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw refused('illegal base64 data');
      return Buffer.from(text, 'base64');
    },
    [`${math}.greatest(list): dyn`]: most(1),
    [`${math}.least(list): dyn`]: most(-1),
    [`${math}.greatest(dyn, dyn): dyn`]: (_: unknown, a: unknown, b: unknown) => most(1)(_, [a, b]),
    [`${math}.least(dyn, dyn): dyn`]: (_: unknown, a: unknown, b: unknown) => most(-1)(_, [a, b]),
    [`${math}.greatest(dyn, dyn, dyn): dyn`]: (_: unknown, ...all: unknown[]) => most(1)(_, all),
    [`${math}.least(dyn, dyn, dyn): dyn`]: (_: unknown, ...all: unknown[]) => most(-1)(_, all),
    [`${math}.abs(int): int`]: (_: unknown, value: bigint) => (value < 0n ? -value : value),
    [`${math}.abs(double): double`]: (_: unknown, value: number) => Math.abs(value),
    [`${math}.ceil(double): double`]: (_: unknown, value: number) => Math.ceil(value),
    [`${math}.floor(double): double`]: (_: unknown, value: number) => Math.floor(value),
    [`${math}.trunc(double): double`]: (_: unknown, value: number) => Math.trunc(value),
    [`${math}.sign(int): int`]: (_: unknown, value: bigint) => (value < 0n ? -1n : value > 0n ? 1n : 0n),
    [`${math}.sign(double): double`]: (_: unknown, value: number) => Math.sign(value),
    [`${math}.round(double): double`]: (_: unknown, value: number) =>
      Math.sign(value) * Math.round(Math.abs(value)),
    // Kyverno's own, with the number of places.
    [`${math}.round(double, int): double`]: (_: unknown, value: number, places: bigint) => {
      const unit = 10 ** Number(places);
      return (Math.sign(value) * Math.round(Math.abs(value) * unit)) / unit;
    },
  });
};

/** @param times below zero for each. */
function replaced(text: string, from: string, to: string, times: number, meter: Meter): string {
  const parts = text.split(from);
  const found = times < 0 ? parts.length - 1 : Math.min(times, parts.length - 1);
  meter.spend((text.length + found * to.length) / 64, text.length + found * to.length);
  if (times < 0 && from !== '') return parts.join(to);
  let [rest, left, out] = [text, found, ''];
  if (from === '') {
    const characters = [...text];
    const spots = times < 0 ? characters.length + 1 : times;
    return (
      characters.map((one, at) => (at < spots ? to : '') + one).join('') +
      (characters.length < spots ? to : '')
    );
  }
  while (left > 0) {
    const at = rest.indexOf(from);
    out += rest.slice(0, at) + to;
    rest = rest.slice(at + from.length);
    left -= 1;
  }
  return out + rest;
}

/** With escapes, as Go quotes a text. */
function quoted(text: string): string {
  return `"${[...text].map((one) => escapes.get(one) ?? one).join('')}"`;
}

const escapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);
