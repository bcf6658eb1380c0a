/** Schemas at addresses of their own, as far as they were fetched. */
import { readFileSync } from 'node:fs';
import { digestOf, oncePer } from '../../base/index.ts';
import { broughtBy, contentElsewhere, type Reason, type Store } from '../../source/index.ts';
import { readSchema, type ValuesSchema } from './read-schema.ts';

/**
 * All that some addresses lead to; or the first that is not here, and why.
 * @param folder what the addresses of their copies begin with.
 */
export function followSchemas(addresses: readonly string[], store: Store, folder: string): Followed {
  const found = new Map<string, Fetched>();
  for (const address of allFrom(addresses, store)) {
    const one = fetchedSchema(address, store);
    if ('why' in one) return { address, unknown: one };
    found.set(address, one);
  }
  const to = (address: string): string => `${folder}${nameOf(address)}`;
  const schemas = [...found].map(
    ([address, { text, schema }]) => [nameOf(address), { address, text: schema?.write(to) ?? text }] as const,
  );
  return { to, schemas: new Map(schemas) };
}

/** These addresses and what the schemas there refer to in turn, as far as they are here. */
export function allFrom(addresses: readonly string[], store: Store): ReadonlySet<string> {
  const all = new Set(addresses);
  for (const address of all) {
    const one = fetchedSchema(address, store);
    if ('why' in one || all.size > mostSchemas) continue;
    for (const next of one.schema?.addresses ?? []) all.add(next);
  }
  return all;
}

/** What is here of all that some addresses lead to, for the key of what is made with it. */
export function schemaState(addresses: readonly string[], store: Store): [string, string][] {
  return [...allFrom(addresses, store)].map((address) => {
    const one = fetchedSchema(address, store);
    return [address, 'why' in one ? one.why : (store.findFile(address)?.sha256 ?? '')];
  });
}

function fetchedSchema(address: string, store: Store): Fetched | Reason {
  const known = knownIn(store);
  const found = known.get(address) ?? look(address, store);
  known.set(address, found);
  return found;
}

function look(address: string, store: Store): Fetched | Reason {
  const locked = store.findFile(address);
  if (locked === undefined) return broughtBy('fetch');
  const { found, path } = store.file(locked);
  if (path === null) return contentElsewhere(found);
  const text = readFileSync(path, 'utf8');
  const schema = readSchema(text, address);
  const [refused] = schema?.refused ?? [];
  return refused === undefined ? { text, schema } : { why: `it refers to ${refused} in turn` };
}

/** By the address, as the same content means another thing where its references are relative. */
function nameOf(address: string): string {
  return `${digestOf(address).slice(0, 32)}.json`;
}

const knownIn = oncePer((_: Store) => new Map<string, Fetched | Reason>());

/** What stands for the folder of their copies, until it is known where that is. */
export const schemaFolder = 'file:///plumbline-schemas/';
const mostSchemas = 500;

interface Fetched {
  text: string;
  /** Null for what is no JSON, of which Helm says so. */
  schema: ValuesSchema | null;
}

type Followed =
  | {
      /** Where the copy of one lies, as an address. */
      to(address: string): string;
      schemas: Schemas;
    }
  | { address: string; unknown: Reason };

/** By the names of their copies. */
export type Schemas = ReadonlyMap<string, { address: string; text: string }>;
