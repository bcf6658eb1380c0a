/** Kyverno's own functions that need no cluster. Source: `extensions/cel/libs` of kyverno/sdk. */
import { createHash } from 'node:crypto';
import { readYaml } from '../../../base/yaml-value.ts';
import { toJson, weigh } from '../../json-values.ts';
import { entriesOf, fromJson } from '../values.ts';
import { type Library, notKnown, refused, registerAll, registerNamespace } from './library.ts';

export const kyvernoLibrary: Library = (environment, meter) => {
  const [hash, json, yaml] = ['hash', 'json', 'yaml'].map((name) => registerNamespace(environment, name));
  const [transform, user, time] = ['transform', 'user', 'time'].map((name) =>
    registerNamespace(environment, name),
  );
  for (const algorithm of ['sha1', 'sha256', 'md5']) {
    const digest = (text: string) => {
      meter.spend(text.length >> 6);
      return createHash(algorithm).update(text).digest('hex');
    };
    registerAll(environment, {
      [`${algorithm}(string): string`]: digest,
      [`${hash}.${algorithm}(string): string`]: (_: unknown, text: string) => digest(text),
    });
  }
  const jsonpatch = registerNamespace(environment, 'jsonpatch');
  const timestamp = 'google.protobuf.Timestamp';
  registerAll(environment, {
    [`${json}.unmarshal(dyn): dyn`]: (_: unknown, text: unknown) => {
      meter.spend(weigh(text));
      try {
        return fromJson(JSON.parse(textOf(text)));
      } catch {
        throw refused('invalid JSON');
      }
    },
    [`${json}.marshal(dyn): string`]: (_: unknown, value: unknown) => {
      meter.spend(weigh(value), weigh(value));
      return JSON.stringify(toJson(value));
    },
    [`${yaml}.parse(dyn): dyn`]: (_: unknown, text: unknown) => {
      meter.spend(8 * weigh(text));
      const parsed = readYaml(textOf(text));
      return fromJson(parsed);
    },
    'listObjToMap(list, list, string, string): map': listToMap,
    [`${transform}.listObjToMap(list, list, string, string): map`]: (
      _: unknown,
      ...given: Parameters<typeof listToMap>
    ) => listToMap(...given),
    [`${jsonpatch}.escapeKey(string): string`]: (_: unknown, key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    'parseServiceAccount(string): dyn': serviceAccount,
    [`${user}.parseServiceAccount(string): dyn`]: (_: unknown, text: string) => serviceAccount(text),
    [`${time}.now(): ${timestamp}`]: () => {
      throw notKnown('the time of the request (`time.now()`)');
    },
    [`${time}.toCron(${timestamp}): string`]: (_: unknown, date: Date) =>
      [
        date.getUTCMinutes(),
        date.getUTCHours(),
        date.getUTCDate(),
        date.getUTCMonth() + 1,
        date.getUTCDay(),
      ].join(' '),
    'random(): string': () => {
      throw notKnown('what is drawn by lot (`random()`)');
    },
    'random(string): string': () => {
      throw notKnown('what is drawn by lot (`random()`)');
    },
  });
};

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

/** Of two lists that go together: a key of the one, a value of the other. */
function listToMap(keys: unknown[], values: unknown[], key: string, value: string): Map<unknown, unknown> {
  if (keys.length !== values.length) throw refused('listObjToMap must take lists of equal length');
  return new Map(
    keys.map((one, at) => {
      const name = fieldOf(one, key);
      if (typeof name !== 'string') throw refused('the passed key name cannot be handled as a string');
      return [name, fieldOf(values[at], value) ?? null];
    }),
  );
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(entriesOf(value)).get(key) : undefined;
}

function serviceAccount(text: string): object {
  const [, Namespace = '', Name = ''] = /^system:serviceaccount:([^:]*):(.*)$/s.exec(text) ?? [];
  return { Namespace, Name };
}
