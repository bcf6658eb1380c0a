import { parseAllDocuments } from 'yaml';
import { at, isObject, type JsonObject, type JsonPath, type JsonValue } from '../base/index.ts';

/**
 * Where a value holds what must not be shown, and what stands there instead: data of every `Secret` at any
 * depth (also inside lists, patches and `last-applied-configuration`), literals of secret generators,
 * ciphertext of SOPS.
 */
export function secretPaths(value: JsonValue): { path: JsonPath; replacement: string }[] {
  const found: { path: JsonPath; replacement: string }[] = [];
  visit(value, [], found, 0);
  return found;
}

/** The value with everything that `secretPaths` names replaced, in place. True where something was. */
export function redactInPlace(value: JsonObject): boolean {
  const paths = secretPaths(value);
  for (const { path, replacement } of paths) {
    const holder = at(value, ...path.slice(0, -1));
    const key = path.at(-1);
    if (Array.isArray(holder) && typeof key === 'number') holder[key] = replacement;
    else if (isObject(holder) && key !== undefined) holder[key] = replacement;
  }
  return paths.length > 0;
}

function visit(value: JsonValue, path: JsonPath, found: Found, depth: number): void {
  if (typeof value === 'string') {
    if (value.startsWith('ENC[') || holdsSecret(value)) found.push({ path, replacement: '' });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, [...path, index], found, depth + 1);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (isSecretField(value, key)) hideAll(inner, [...path, key], found);
      else if (key === 'secretGenerator' && Array.isArray(inner)) {
        for (const [index, generator] of inner.entries())
          hideLiterals(generator, [...path, key, index], found);
      } else visit(inner, [...path, key], found, depth + 1);
    }
    if (value.kind === 'SecretGenerator') hideLiterals(value, path, found);
  }
}

function isSecretField(holder: JsonObject, key: string): boolean {
  if (key === 'data' || key === 'stringData') return holder.kind === 'Secret';
  // A patch whose target is a Secret: its operations carry values whatever their form.
  if (key === 'patch') return at(holder, 'target', 'kind') === 'Secret';
  if (key === 'value') return typeof holder.path === 'string' && /^\/stringData(\/|$)/.test(holder.path);
  return key === 'sops' && isObject(holder[key]) && 'mac' in holder[key];
}

function hideAll(value: JsonValue, path: JsonPath, found: Found): void {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) hideAll(item, [...path, index], found);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) hideAll(item, [...path, key], found);
  else if (value !== null && value !== '') found.push({ path, replacement: '' });
}

function hideLiterals(generator: JsonValue, path: JsonPath, found: Found): void {
  const literals = at(generator, 'literals');
  if (!Array.isArray(literals)) return;
  for (const [index, literal] of literals.entries()) {
    if (typeof literal !== 'string' || literal.endsWith('=')) continue;
    const end = literal.indexOf('=');
    found.push({ path: [...path, 'literals', index], replacement: end < 0 ? '' : literal.slice(0, end + 1) });
  }
}

/** True where a string is itself a manifest (or several) of which one is a Secret with data. */
function holdsSecret(text: string): boolean {
  if (!text.includes('Secret') || !/data/i.test(text)) return false;
  if (!/["']?kind["']?\s*:\s*["']?Secret\b/.test(text)) return false;
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false });
    return [...documents].some((document) => {
      const value = document.toJS({ maxAliasCount: 100 }) as JsonValue;
      return document.errors.length > 0 || secretPaths(value).length > 0;
    });
  } catch {
    return true;
  }
}

type Found = { path: JsonPath; replacement: string }[];
