import { parseAllDocuments } from 'yaml';
import {
  at,
  byName,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  textAt,
} from '../base/index.ts';
import { yamlValue } from '../base/yaml-value.ts';
import { isAddressField, mayHoldAddresses, withoutLogin, withoutLogins } from './address-logins.ts';

/**
 * Where a value holds what must not be shown, and what stands there instead: data of every `Secret` at any
 * depth (also inside lists, patches and `last-applied-configuration`), literals of secret generators,
 * ciphertext of SOPS, the logins in addresses of sources.
 */
export function secretPaths(value: JsonValue): { path: JsonPath; replacement: string }[] {
  const found: { path: JsonPath; replacement: string }[] = [];
  visit(value, [], found, 0, null);
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

function visit(
  value: JsonValue,
  path: JsonPath,
  found: Found,
  depth: number,
  holder: JsonObject | null,
): void {
  if (typeof value === 'string') {
    if (value.startsWith('ENC[') || holdsSecret(value)) found.push({ path, replacement: '' });
    else hideLogins(value, path, found, holder);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, [...path, index], found, depth + 1, null);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (isSecretField(value, key)) hideField(key, inner, [...path, key], found);
      else if (depth === 0 && pluginFields.has(key) && Array.isArray(inner))
        for (const [index, item] of inner.entries()) visitPlugin(item, [...path, key, index], found);
      else if (key === 'secretGenerator') {
        if (!Array.isArray(inner)) hideGenerator(inner, [...path, key], found);
        else for (const [index, one] of inner.entries()) hideGenerator(one, [...path, key, index], found);
      } else visit(inner, [...path, key], found, depth + 1, value);
    }
    if (value.kind === 'SecretGenerator') hideLiterals(value, path, found);
    hideInKind(value, path, found);
  }
}

/** Who asks, in an address and in a text that may hold some. */
function hideLogins(text: string, path: JsonPath, found: Found, holder: JsonObject | null): void {
  if (!text.includes('://')) return;
  const replacement = mayHoldAddresses(text)
    ? withoutLogins(text)
    : isAddressField(path, holder)
      ? withoutLogin(text)
      : text;
  if (replacement !== text) found.push({ path, replacement });
}

/**
 * A plugin that is written into a kustomization as a text stays one, as others have to see what it would read
 * or run: without what it must not show.
 */
function visitPlugin(item: JsonValue, path: JsonPath, found: Found): void {
  if (typeof item !== 'string') return;
  if (!/Secret|data/i.test(item)) {
    hideLogins(item, path, found, null);
    return;
  }
  const plugins = parseAllDocuments(item, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false });
  const values = [...plugins].map((plugin) => {
    try {
      return plugin.errors.length > 0 ? null : (yamlValue(plugin) as JsonValue);
    } catch {
      return null;
    }
  });
  const isChanged = values.map((value) => isObject(value) && redactInPlace(value)).includes(true);
  if (!isChanged && !values.includes(null)) {
    hideLogins(item, path, found, null);
    return;
  }
  found.push({ path, replacement: `${values.map((value) => JSON.stringify(value)).join('\n---\n')}\n` });
}

/** Kinds that hold another one's secrets, and say so nowhere near them. */
function hideInKind(value: JsonObject, path: JsonPath, found: Found): void {
  const hide = (...inner: JsonPath) => hideAll(at(value, ...inner) ?? null, [...path, ...inner], found);
  if (value.kind === 'SecretList' && Array.isArray(value.items))
    for (const index of value.items.keys()) for (const field of dataFields) hide('items', index, field);
  if (value.kind === 'SealedSecret') for (const field of dataFields) hide('spec', 'template', field);
  if (value.kind === 'Config' && Array.isArray(value.users))
    for (const index of value.users.keys()) hide('users', index, 'user');
  for (const fields of templates[String(textAt(value, 'kind'))] ?? []) hideAt(value, fields, path, found);
  // A rule of Kyverno that writes into Secrets, or holds them to a value.
  for (const verb of ['mutate', 'validate']) {
    const rule = value[verb];
    if (isObject(rule) && mayBeSecret(JSON.stringify([value.match ?? null, rule.targets ?? null])))
      hideWritten(rule, [...path, verb], found);
  }
}

/** What stands at fields of a value, of every entry where one is `*`. */
function hideAt(value: JsonValue | undefined, fields: readonly string[], path: JsonPath, found: Found): void {
  const [field, ...rest] = fields;
  if (value === undefined) return;
  if (field === undefined) hideAll(value, path, found);
  else if (field === '*' && Array.isArray(value))
    for (const [index, item] of value.entries()) hideAt(item, rest, [...path, index], found);
  else if (isObject(value) && Object.hasOwn(value, field))
    hideAt(value[field], rest, [...path, field], found);
}

/** Everything below `data` and `stringData`, and every operation in a text. */
function hideWritten(value: JsonValue, path: JsonPath, found: Found): void {
  if (typeof value === 'string') {
    if (touchesData(value)) found.push({ path, replacement: '' });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) hideWritten(item, [...path, index], found);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (/^[+(]*(?:data|stringData)\)?$/.test(key)) hideAll(inner, [...path, key], found);
      else hideWritten(inner, [...path, key], found);
    }
  }
}

function mayBeSecret(kinds: string): boolean {
  return /\bSecret\b|"[^"]*\*[^"]*"/.test(kinds);
}

function touchesData(text: string): boolean {
  return /\b(?:data|stringData)\b|path["']?\s*:\s*["']?\/?["']?\s*$/m.test(text);
}

function isSecretField(holder: JsonObject, key: string): boolean {
  if (key === 'data' || key === 'stringData') return holder.kind === 'Secret';
  // A patch whose target may be a Secret: its operations carry values whatever their form. Targets are
  // regular expressions, and one without a kind is of any.
  if (key === 'patch' || key === 'jsonOp') return isPatchOfSecret(holder, holder[key]);
  if (key === 'value') return typeof holder.path === 'string' && isPathOfData(holder);
  return key === 'sops' && isObject(holder[key]) && 'mac' in holder[key];
}

function isPatchOfSecret({ target }: JsonObject, patch: JsonValue | undefined): boolean {
  const kind = at(target, 'kind');
  if (kind === 'Secret') return true;
  if (typeof patch !== 'string' || !touchesData(patch)) return false;
  if (typeof kind === 'string' && kind !== '') return !/^\w+$/.test(kind);
  // Without a target, or one of no kind, the patch itself says what it is of.
  return !/^\s*["']?kind["']?\s*:\s*["']?[A-Z]\w+/m.test(patch);
}

/** An operation on the data of whatever it is given, and no target beside it that says of what. */
function isPathOfData({ path, op }: JsonObject): boolean {
  return typeof op === 'string' && /^(?:\/(?:data|stringData)(?:\/.*)?|\/?)$/.test(String(path));
}

/** Of the data of a Secret each value as a whole: a mapping in it is a value in other brackets. */
function hideField(key: string, value: JsonValue, path: JsonPath, found: Found): void {
  if (!dataFields.includes(key) || !isObject(value)) hideAll(value, path, found);
  else
    for (const [name, inner] of Object.entries(value))
      if (inner !== null && inner !== '') found.push({ path: [...path, name], replacement: '' });
}

function hideAll(value: JsonValue, path: JsonPath, found: Found): void {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) hideAll(item, [...path, index], found);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) hideAll(item, [...path, key], found);
  else if (value !== null && value !== '') found.push({ path, replacement: '' });
}

/** An entry of `secretGenerator`: its literals, and whatever stands in a field that it does not have. */
function hideGenerator(generator: JsonValue, path: JsonPath, found: Found): void {
  hideLiterals(generator, path, found);
  if (!isObject(generator)) hideAll(generator, path, found);
  else
    for (const [key, value] of Object.entries(generator))
      if (!generatorFields.has(key)) hideAll(value, [...path, key], found);
}

function hideLiterals(generator: JsonValue, path: JsonPath, found: Found): void {
  const literals = at(generator, 'literals');
  if (!Array.isArray(literals)) hideAll(literals ?? null, [...path, 'literals'], found);
  else
    for (const [index, literal] of literals.entries()) {
      if (typeof literal !== 'string') hideAll(literal, [...path, 'literals', index], found);
      if (typeof literal !== 'string' || literal.endsWith('=')) continue;
      const end = literal.indexOf('=');
      found.push({
        path: [...path, 'literals', index],
        replacement: end < 0 ? '' : literal.slice(0, end + 1),
      });
    }
}

/** True where a string is itself a manifest (or several) of which one is a Secret with data. */
function holdsSecret(text: string): boolean {
  if (!text.includes('Secret') || !/data/i.test(text)) return false;
  if (!/["']?kind["']?\s*:\s*["']?Secret\b/.test(text)) return false;
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false });
    return [...documents].some((document) => {
      const value = yamlValue(document) as JsonValue;
      return document.errors.length > 0 || secretPaths(value).length > 0;
    });
  } catch {
    return true;
  }
}

const pluginFields = new Set(['generators', 'transformers', 'validators']);
const dataFields = ['data', 'stringData'];
const generatorFields = new Set([
  'name',
  'namespace',
  'behavior',
  'type',
  'literals',
  'files',
  'envs',
  'env',
  'options',
]);

/** Kinds of which a controller makes a Secret, or that hold keys: the fields that hold its values. */
const templates = byName<string[][]>({
  ExternalSecret: [
    ['spec', 'target', 'template', 'data'],
    ['spec', 'target', 'template', 'templateFrom', '*', 'literal'],
  ],
  ClusterExternalSecret: [
    ['spec', 'externalSecretSpec', 'target', 'template', 'data'],
    ['spec', 'externalSecretSpec', 'target', 'template', 'templateFrom', '*', 'literal'],
  ],
  PushSecret: [['spec', 'template', 'data']],
  SecretStore: [
    ['spec', 'provider', 'fake', 'data', '*', 'value'],
    ['spec', 'provider', 'fake', 'data', '*', 'valueMap'],
  ],
  ClusterSecretStore: [
    ['spec', 'provider', 'fake', 'data', '*', 'value'],
    ['spec', 'provider', 'fake', 'data', '*', 'valueMap'],
  ],
  Fake: [['spec', 'data']],
  SopsSecret: [
    ['spec', 'secretTemplates', '*', 'data'],
    ['spec', 'secretTemplates', '*', 'stringData'],
  ],
  EncryptionConfiguration: ['aescbc', 'aesgcm', 'secretbox'].map((provider) => [
    'resources',
    '*',
    'providers',
    '*',
    provider,
    'keys',
    '*',
    'secret',
  ]),
});

type Found = { path: JsonPath; replacement: string }[];
