/** Values schemas with what was fetched in the place of what Helm would fetch. */
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compareText, digestOf } from '../../base/index.ts';
import { type Reason, type Store, saidOf, unpackChart } from '../../source/index.ts';
import { mapPacked } from '../changing/packed.ts';
import { followSchemas, type Schemas, schemaFolder } from './fetched-schemas.ts';
import { readSchema } from './read-schema.ts';

/**
 * One file of a chart, in charts packed in it too: its schema refers to files beside the chart, if all that
 * it leads to was fetched. Where not it takes any values, and what Helm would say of them is not known.
 * @param folder what the addresses of these files begin with, as an address.
 */
export function settleFile(path: string, bytes: Buffer, store: Store, folder = schemaFolder): SettledFile {
  if (path.endsWith('.tgz')) return settlePacked(bytes, store, folder);
  if (posix.basename(path) !== 'values.schema.json') return asItIs;
  const settled = settleText(bytes.toString('utf8'), store, folder);
  return { ...settled, bytes: settled.text === null ? null : Buffer.from(settled.text), isUnreadable: false };
}

/** Whether a file of a chart may be what `settleFile` changes. */
export function mayHoldSchema(path: string): boolean {
  return path.endsWith('.tgz') || posix.basename(path) === 'values.schema.json';
}

/** The files of a chart, each settled. */
export function settleFiles(
  files: ReadonlyMap<string, Uint8Array>,
  store: Store,
  folder?: string,
): { files: ReadonlyMap<string, Uint8Array>; schemas: Schemas } {
  const schemas = new Map<string, { address: string; text: string }>();
  const settled = [...files].map(([path, data]): [string, Uint8Array] => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const found = settleFile(path, bytes, store, folder);
    for (const [name, one] of found.schemas) schemas.set(name, one);
    return [path, found.bytes ?? data];
  });
  return { files: new Map(settled), schemas };
}

/** Addresses that schemas in a packed chart refer to, or in charts packed in it. */
export async function schemasIn(packed: Buffer): Promise<string[]> {
  return schemasOf(await unpackChart(packed));
}

/** The same of files of a chart. */
export function schemasOf(files: Iterable<[string, Uint8Array]>): string[] {
  const addresses = new Set<string>();
  const look = (text: string, path: string): string => {
    if (posix.basename(path) === 'values.schema.json')
      for (const address of readSchema(text, ownAddress)?.addresses ?? []) addresses.add(address);
    return text;
  };
  const lookInto = (packed: Buffer): Buffer => {
    mapPacked(packed, look, lookInto);
    return packed;
  };
  for (const [path, data] of files) {
    if (!mayHoldSchema(path)) continue;
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (path.endsWith('.tgz')) lookInto(bytes);
    else look(bytes.toString('utf8'), path);
  }
  return [...addresses].sort(compareText);
}

/** Names of schemas beside a chart and what they hold, for the key of what is made with them. */
export function schemaDigests(schemas: Schemas): [string, string][] {
  return [...schemas].map(([name, { text }]) => [name, digestOf(text)]);
}

function settleText(text: string, store: Store, folder: string): SettledText {
  const read = readSchema(text, ownAddress);
  const emptied = (unknown: Reason): SettledText => ({ text: '{}', schemas: new Map(), unknown });
  if (read === null) {
    const foreign = foreignReference.exec(text)?.[1];
    return foreign === undefined ? asItIs : emptied(wouldFetch(foreign));
  }
  const [refused] = read.refused;
  if (refused !== undefined) return emptied(wouldFetch(refused));
  if (read.addresses.length === 0) return asItIs;
  const followed = followSchemas(read.addresses, store, folder);
  if ('unknown' in followed) return emptied(saidOf(wouldFetch(followed.address).why, followed.unknown));
  return { text: read.write(followed.to), schemas: followed.schemas, unknown: null };
}

/** Of a packed chart any file of it may be the schema; one that cannot be unpacked may hold anything. */
function settlePacked(packed: Buffer, store: Store, folder: string): SettledFile {
  const foreign = foreignIn(packed);
  if (foreign === undefined) return asItIs;
  const schemas = new Map<string, { address: string; text: string }>();
  let unknown: Reason | null = null;
  let isUnreadable = false;
  const take = (settled: Pick<SettledText, 'schemas' | 'unknown'>): void => {
    for (const [name, one] of settled.schemas) schemas.set(name, one);
    unknown ??= settled.unknown;
  };
  const bytes = mapPacked(
    packed,
    (text, path) => {
      if (posix.basename(path) !== 'values.schema.json' || text === '') return text;
      const settled = settleText(text, store, folder);
      take(settled);
      return settled.text ?? text;
    },
    (inner) => {
      const settled = settlePacked(inner, store, folder);
      take(settled);
      isUnreadable ||= settled.isUnreadable;
      return settled.bytes ?? inner;
    },
  );
  const left = foreignIn(mapPacked(bytes, withoutKnown));
  if (left !== undefined && left !== packedInside) {
    unknown ??= wouldFetch(left);
    isUnreadable = true;
  }
  return { bytes, schemas, unknown, isUnreadable };
}

/** A schema of which all is here that it leads to, as one that leads nowhere. */
function withoutKnown(text: string, path: string): string {
  if (posix.basename(path) !== 'values.schema.json') return text;
  const read = readSchema(text, ownAddress);
  const isKnown =
    read?.addresses.length === 0 && read.refused.every((one) => one.includes('/plumbline-schemas/'));
  return isKnown ? '{}' : text;
}

/** What schemas of a packed chart may refer to elsewhere. */
function foreignIn(packed: Buffer): string | undefined {
  try {
    const files = gunzipSync(packed, { maxOutputLength: largestPacked }).toString('latin1');
    const found = files.includes('values.schema.json') ? foreignReference.exec(files)?.[1] : undefined;
    return found ?? (files.includes('.tgz') ? packedInside : undefined);
  } catch {
    return 'what cannot be unpacked';
  }
}

/** Whoever asks, and a query, may be somebody's secret. */
function wouldFetch(reference: string): Reason {
  const shown = reference.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1').replace(/\?.*/, '?…');
  return { why: `it refers to ${shown}, which Helm would have to fetch` };
}

/** What Helm calls the schema of a chart, wherever that lies. */
const ownAddress = 'file:///values.schema.json';
const asItIs = { text: null, bytes: null, schemas: new Map(), unknown: null, isUnreadable: false };
const packedInside = 'what is packed in it';
const largestPacked = 64 * 2 ** 20;

/** In the text, so that a key given twice or written with escapes is seen too. */
const foreignReference =
  /"(?:\$(?:ref|schema|dynamicRef|recursiveRef)|[^"\\]*\\u[^"]{0,80})"\s*:\s*"(?!#|https?:\/\/json-schema\.org\/|file:\/\/\/[^"]*plumbline-schemas\/)([^"]*)/;

interface SettledText {
  /** Null where it is as it is. */
  text: string | null;
  /** What it refers to, beside the chart. */
  schemas: Schemas;
  /** Why it takes any values; null where Helm is asked. */
  unknown: Reason | null;
}

export interface SettledFile extends Omit<SettledText, 'text'> {
  /** Null where it is as it is. */
  bytes: Buffer | null;
  /** Whether something of it may still refer elsewhere, so that Helm must not see it. */
  isUnreadable: boolean;
}
