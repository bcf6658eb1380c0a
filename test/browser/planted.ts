import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { compareText } from '../../plugins/base/index.ts';
import { shareOfDay } from '../fuzz.ts';
import { attacks } from './hostile.ts';

const repository = resolve(import.meta.dirname, '../..');
const folders = ['IT', 'K8s', 'test/fixtures/checks-platform', 'test/fixtures/model-shop'];

/**
 * One manifest of each kind that the fixtures hold, twice: with an attack as each of its texts, names and
 * keys of maps included, and with one behind each text but those by which it is found and finds others, so
 * that the views of its kind show it. A tenth of the kinds in each run, as each of these resources has its
 * page and its drawing.
 */
export function plantedManifests(): { text: string; texts: number; kinds: number; name: string } {
  const planting = new Planting();
  const { chosen: samples, name } = shareOfDay(sampleOfEachKind(), 10, 3);
  const documents = samples.flatMap(({ value }, index) => [
    planting.whole(value, []),
    planting.behind(value, [], `kept-${index}`),
  ]);
  return {
    text: documents.map((one) => JSON.stringify(one)).join('\n---\n'),
    texts: planting.texts,
    kinds: samples.length,
    name,
  };
}

/** The longest manifest of each kind: it has the most fields. */
function sampleOfEachKind(): Sample[] {
  const samples = new Map<string, Sample>();
  const files = folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ya?ml$/.test(file))
      .map((file) => join(repository, folder, file)),
  );
  for (const file of files.sort(compareText))
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'), { logLevel: 'silent' })) {
      if ('empty' in document || document.errors.length > 0) continue;
      const value: unknown = document.toJS();
      if (!isRecord(value) || typeof value.kind !== 'string' || !isRecord(value.metadata)) continue;
      const kind = `${String(value.apiVersion)} ${value.kind}`;
      const size = count(document.contents);
      if ((samples.get(kind)?.size ?? -1) < size) samples.set(kind, { value, size });
    }
  return [...samples].sort(([a], [b]) => compareText(a, b)).map(([, sample]) => sample);
}

function count(node: Node | null): number {
  if (isScalar(node)) return 1;
  if (isMap(node)) return node.items.reduce((sum, { value }) => sum + count(value as Node | null), 0);
  return isSeq(node) ? node.items.reduce((sum: number, item) => sum + count(item as Node | null), 0) : 0;
}

class Planting {
  texts = 0;

  /** An attack in the place of each text but the kind. */
  whole(value: unknown, path: string[]): unknown {
    if (typeof value === 'string') return isKind(path) ? value : this.attack();
    if (Array.isArray(value)) return value.map((item) => this.whole(item, [...path, '-']));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([key, item]) => [key, this.whole(item, [...path, key])]);
    return Object.fromEntries(isFree(path) ? [...entries, [this.attack(), this.attack()]] : entries);
  }

  /** An attack behind each text by which nothing is found. */
  behind(value: unknown, path: string[], name: string): unknown {
    if (path.join('.') === 'metadata.name') return name;
    if (typeof value === 'string')
      return found.test(path.findLast((part) => part !== '-') ?? '') ? value : `${value} ${this.attack()}`;
    if (Array.isArray(value)) return value.map((item) => this.behind(item, [...path, '-'], name));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      this.behind(item, [...path, key], name),
    ]);
    return Object.fromEntries(isFree(path) ? [...entries, [this.attack(), this.attack()]] : entries);
  }

  /** Each text has the next kind of attack, and a number by which its script would be found. */
  private attack(): string {
    this.texts += 1;
    const all = attacks(`text ${this.texts}`);
    return all[this.texts % all.length] ?? '';
  }
}

function isKind(path: string[]): boolean {
  return ['kind', 'apiVersion'].includes(path.join('.'));
}

/** Maps whose keys anybody may choose. */
function isFree(path: string[]): boolean {
  return /^(?:labels|annotations|data|stringData|matchLabels|nodeSelector|parameters)$/.test(
    path.at(-1) ?? '',
  );
}

/** Fields by which a resource is found and finds others, and those with a few known values. */
const found =
  /^(?:apiVersion|apiGroups?|kinds?|names?|namespaces?|group|project|path|server|type|resources|verbs|eventName|eventSourceName)$|(?:Name|Ref|Kind|Policy|Type|Mode|Action)$/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Sample {
  value: unknown;
  /** How many values it holds. */
  size: number;
}
