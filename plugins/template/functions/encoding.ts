/** Encodings and digests of sprig, and the YAML functions that Argo CD adds. */
import { createHash } from 'node:crypto';
import { byName, type JsonValue } from '../../base/index.ts';
import { type FunctionTable, fn } from '../go/functions.ts';
import { type GoValue, toGo, toPlain, typeName } from '../go/values.ts';
import { readYaml } from '../yaml-read.ts';
import { writeYaml } from '../yaml-write.ts';
import { fromBase32, toBase32 } from './base32.ts';

const digest = (algorithm: string) =>
  fn(['string'], (text) => createHash(algorithm).update(text).digest('hex'));
const fromJson = (text: string): GoValue => toGo(JSON.parse(text) as JsonValue);

export const encoding: FunctionTable = {
  b64enc: fn(['string'], (text) => Buffer.from(text).toString('base64')),
  b64dec: fn(['string'], (text) => {
    const clean = text.replace(/[\r\n]/g, '');
    const found = /^[A-Za-z0-9+/]*(={0,2})$/.exec(clean);
    if (found === null || clean.length % 4 !== 0)
      return `illegal base64 data at input byte ${wrongByte(clean)}`;
    return Buffer.from(clean, 'base64').toString();
  }),
  b32enc: fn(['string'], toBase32),
  b32dec: fn(['string'], fromBase32),
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
  adler32sum: fn(['string'], (text) => {
    let [a, b] = [1, 0];
    for (const byte of Buffer.from(text)) {
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
    return ((BigInt(b) << 16n) | BigInt(a)).toString();
  }),
  ...both(
    'toJson',
    fn(['any'], (value) => escapeHtml(json(value))),
  ),
  ...both(
    'toPrettyJson',
    fn(['any'], (value) => escapeHtml(json(value, 2))),
  ),
  ...both(
    'toRawJson',
    fn(['any'], (value) => json(value)),
  ),
  fromJson: fn(['string'], (text) => {
    try {
      return fromJson(text);
    } catch {
      return null;
    }
  }),
  mustFromJson: fn(['string'], fromJson),
  toYaml: fn(['any'], (value) => writeYaml(toPlain(value))),
  fromYaml: fn(['string'], (text) => {
    const value = toGo(readYaml(text));
    if (value === null || value === undefined) return new Map();
    if (value instanceof Map) return value;
    throw cannotUnmarshal(value, 'map[string]interface {}');
  }),
  fromYamlArray: fn(['string'], (text) => {
    const value = toGo(readYaml(text));
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) return value;
    throw cannotUnmarshal(value, '[]interface {}');
  }),
};

/** The first byte that does not belong, or the start of the last group where that is not whole. */
function wrongByte(text: string): number {
  const good = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  return good < text.length ? good : good - (good % 4);
}

function cannotUnmarshal(value: GoValue, type: string): Error {
  const names: Record<string, string> = byName({
    float64: 'number',
    '[]interface {}': 'array',
    'map[string]interface {}': 'object',
  });
  const from = names[typeName(value)] ?? typeName(value);
  return new Error(
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${from} into Go value of type ${type}`,
  );
}

function both(name: string, definition: FunctionTable[string]): FunctionTable {
  return { [name]: definition, [`must${name[0]?.toUpperCase()}${name.slice(1)}`]: definition };
}

function json(value: GoValue, indent?: number): string {
  return JSON.stringify(toPlain(value), null, indent).replace(
    /[\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
