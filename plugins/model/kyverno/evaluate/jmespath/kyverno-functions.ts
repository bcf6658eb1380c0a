/** The functions that Kyverno adds to JMESPath. Source: kyverno `pkg/engine/jmespath/functions.go`. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { gt, gte, lt, lte, parse as parseVersion, satisfies } from 'semver';
import {
  asText,
  compileRe2,
  isObject,
  type JsonObject,
  type JsonValue,
  PatternError,
  type Re2,
} from '../../../../base/index.ts';
import { readYaml } from '../../../../base/yaml-value.ts';
import { wildcard } from '../../wildcard.ts';
import { readImage } from '../images.ts';
import { spend } from '../spend.ts';
import { EvaluationError, NotKnown } from '../types.ts';
import type { Arguments, JmesFunction } from './arguments.ts';
import { arithmetic } from './arithmetic.ts';
import { times } from './times.ts';

export const kyvernoFunctions: Record<string, JmesFunction> = {
  ...arithmetic,
  ...times,
  compare: {
    takes: [2, 2],
    run: (given) => (given.text(0) < given.text(1) ? -1 : given.text(0) > given.text(1) ? 1 : 0),
  },
  equal_fold: {
    takes: [2, 2],
    run: (given) => given.text(0).toLowerCase() === given.text(1).toLowerCase(),
  },
  replace: { takes: [4, 4], run: (given) => replaced(given, given.number(3)) },
  replace_all: { takes: [3, 3], run: (given) => replaced(given, -1) },
  to_upper: { takes: [1, 1], run: (given) => given.text(0).toUpperCase() },
  to_lower: { takes: [1, 1], run: (given) => given.text(0).toLowerCase() },
  trim: { takes: [2, 2], run: (given) => trimmed(given.text(0), given.text(1)) },
  trim_prefix: {
    takes: [2, 2],
    run: (given) =>
      given.text(0).startsWith(given.text(1)) ? given.text(0).slice(given.text(1).length) : given.text(0),
  },
  split: {
    takes: [2, 2],
    run: (given) => (given.text(1) === '' ? Array.from(given.text(0)) : given.text(0).split(given.text(1))),
  },
  regex_match: { takes: [2, 2], run: (given) => regexOf(given, 1).finds(plain(given, 1)) },
  regex_replace_all: { takes: [3, 3], run: (given) => regexReplaced(given, true) },
  regex_replace_all_literal: { takes: [3, 3], run: (given) => regexReplaced(given, false) },
  pattern_match: { takes: [2, 2], run: (given) => leafWildcard(given) },
  label_match: {
    takes: [2, 2],
    run: (given) => Object.entries(given.object(0)).every(([key, value]) => given.object(1)[key] === value),
  },
  to_boolean: {
    takes: [1, 1],
    run: (given) => {
      const text = given.text(0).toLowerCase();
      if (text !== 'true' && text !== 'false')
        throw new EvaluationError(`JMESPath function 'to_boolean': '${text}' is no boolean`);
      return text === 'true';
    },
  },
  base64_decode: { takes: [1, 1], run: (given) => decoded(given.text(0)) },
  base64_encode: { takes: [1, 1], run: (given) => Buffer.from(given.text(0)).toString('base64') },
  path_canonicalize: {
    takes: [1, 1],
    run: (given) => posix.normalize(given.text(0)).replace(/(.)\/$/, '$1'),
  },
  truncate: {
    takes: [2, 2],
    run: (given) =>
      Array.from(given.text(0))
        .slice(0, Math.max(0, given.number(1)))
        .join(''),
  },
  semver_compare: { takes: [2, 2], run: (given) => inRange(given.text(0), given.text(1)) },
  parse_json: {
    takes: [1, 1],
    run: (given) => {
      try {
        return JSON.parse(given.text(0)) as JsonValue;
      } catch {
        throw new EvaluationError("JMESPath function 'parse_json': the text is no JSON");
      }
    },
  },
  parse_yaml: {
    takes: [1, 1],
    run: (given) => {
      spend(given.text(0).length / 10);
      const value = readYaml(given.text(0));
      if (value === undefined)
        throw new EvaluationError("JMESPath function 'parse_yaml': the text is no YAML");
      return value as JsonValue;
    },
  },
  lookup: {
    takes: [2, 2],
    run: (given) => {
      const room = given.json(0);
      if (isObject(room)) return Object.hasOwn(room, given.text(1)) ? (room[given.text(1)] ?? null) : null;
      return given.list(0)[given.number(1)] ?? null;
    },
  },
  items: {
    takes: [3, 3],
    run: (given) => {
      const room = given.json(0);
      const pairs: [JsonValue, JsonValue][] = isObject(room)
        ? Object.entries(room).sort(([a], [b]) => (a < b ? -1 : 1))
        : given.list(0).map((one, index) => [index, one]);
      return pairs.map(([key, value]): JsonObject => ({ [given.text(1)]: key, [given.text(2)]: value }));
    },
  },
  object_from_lists: {
    takes: [2, 2],
    run: (given) => {
      const values = given.list(1);
      return Object.fromEntries(given.list(0).map((key, index) => [asText(key), values[index] ?? null]));
    },
  },
  image_normalize: { takes: [1, 1], run: (given) => normalized(given.text(0)) },
  sha256: { takes: [1, 1], run: (given) => createHash('sha256').update(given.text(0)).digest('hex') },
  random: unknown([1, 1], 'is another at each evaluation'),
  x509_decode: unknown([1, 1], 'is not evaluated'),
  is_external_url: unknown([1, 1], 'asks the name service'),
};

function unknown(takes: [number, number], why: string): JmesFunction {
  return {
    takes,
    run: (given) => {
      throw new NotKnown(`${given.name}() ${why}`);
    },
  };
}

/** The first `count` of a text by another, all below zero. */
function replaced(given: Arguments, count: number): string {
  const [text, old, by] = [given.text(0), given.text(1), given.text(2)];
  const parts = old === '' ? ['', ...Array.from(text), ''] : text.split(old);
  spend(parts.length / 10);
  const most = count < 0 ? parts.length : count;
  return parts.reduce((sum, part, index) => `${sum}${index <= most ? by : old}${part}`);
}

function trimmed(text: string, set: string): string {
  const letters = Array.from(text);
  const inside = (letter: string | undefined): boolean => letter !== undefined && set.includes(letter);
  while (inside(letters[0])) letters.shift();
  while (inside(letters.at(-1))) letters.pop();
  return letters.join('');
}

/** A text, or a number as one. */
function plain(given: Arguments, index: number): string {
  const value = given.json(index);
  return typeof value === 'number' ? String(value) : given.text(index);
}

function regexOf(given: Arguments, textIndex: number): Re2 {
  const pattern = given.text(0);
  try {
    const regex = compileRe2(pattern);
    spend(1 + (regex.size * plain(given, textIndex).length) / 100);
    return regex;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    if (error.isUnsupported) throw new NotKnown(error.message);
    throw new EvaluationError(error.message);
  }
}

/** `$1`, `${1}` and `${name}` of the replacement stand for groups, unless it is literal. */
function regexReplaced(given: Arguments, hasGroups: boolean): string {
  const regex = regexOf(given, 1);
  const [text, by] = [plain(given, 1), plain(given, 2)];
  let [result, end] = ['', 0];
  for (const match of regex.all(text)) {
    const filled = hasGroups
      ? by.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
          const name = braced ?? bare;
          if (name === undefined) return whole === '$$' ? '$' : whole;
          const number = /^\d+$/.test(name) ? Number(name) : (regex.names.get(name) ?? -1);
          return match.group(number) ?? '';
        })
      : by;
    result += text.slice(end, match.start) + filled;
    end = match.end;
  }
  return result + text.slice(end);
}

/** `*` and `?` of the first against the second. */
function leafWildcard(given: Arguments): boolean {
  return wildcard(given.text(0), plain(given, 1));
}

function decoded(text: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, '')))
    throw new EvaluationError("JMESPath function 'base64_decode': the text is no base64");
  return Buffer.from(text, 'base64').toString();
}

/** Ranges of blang/semver: comparisons side by side all hold, between `||` one of them. */
function inRange(text: string, range: string): boolean {
  const version = /^\d/.test(text) ? parseVersion(text) : null;
  if (!version) throw new EvaluationError(`JMESPath function 'semver_compare': ${text} is no version`);
  return range.split('||').some((side) =>
    [...side.trim().matchAll(/(>=|<=|!=|==|>|<|=|!)?\s*(\S+)/g)].every(([, operator = '=', wanted = '']) => {
      if (/[xX*]/.test(wanted)) return satisfies(version, `${operator === '==' ? '' : operator}${wanted}`);
      if (!parseVersion(wanted))
        throw new EvaluationError(`JMESPath function 'semver_compare': ${range} is no range`);
      if (operator === '>') return gt(version, wanted);
      if (operator === '>=') return gte(version, wanted);
      if (operator === '<') return lt(version, wanted);
      if (operator === '<=') return lte(version, wanted);
      return (version.compare(wanted) === 0) !== operator.startsWith('!');
    }),
  );
}

function normalized(text: string): string {
  const image = readImage(text);
  if (!image) throw new EvaluationError(`JMESPath function 'image_normalize': ${text} is no image`);
  return String(image.reference);
}
