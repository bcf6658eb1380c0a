import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Schemas, schemaFolder } from './fetched-schemas.ts';

/** A folder of ours beside copies of charts, with what their schemas refer to: each is written once. */
export function openSchemas(top: string): WrittenSchemas {
  const path = join(top, 'plumbline-schemas');
  const folder = `${pathToFileURL(path).href}/`;
  const addresses = new Map<string, string>();
  const written = new Map<string, Promise<void>>();
  const placed = (text: string): string => text.replaceAll(schemaFolder, folder);
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, name), placed(text));
  };
  return {
    folder,
    placed,
    async add(schemas) {
      for (const [name, { address, text }] of schemas) {
        addresses.set(name, address);
        written.set(name, written.get(name) ?? write(name, text));
      }
      await Promise.all(written.values());
    },
    told: (message) =>
      [...addresses].reduce((told, [name, address]) => told.replaceAll(`${folder}${name}`, address), message),
  };
}

export interface WrittenSchemas {
  /** What their addresses begin with. */
  folder: string;
  /** A text with that in the place of what stands for it. */
  placed(text: string): string;
  add(schemas: Schemas): Promise<void>;
  /** What an engine says, by the addresses that they were fetched from. */
  told(message: string): string;
}
