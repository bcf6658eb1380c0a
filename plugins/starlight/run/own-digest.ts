import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeDigest } from '../../base/code-digest.ts';

/** A hash of our own code: what an upgrade may say otherwise is made anew. */
export function ownDigest(): string {
  const plugins = resolve(import.meta.dirname, '../..');
  const rooms = readdirSync(plugins, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return codeDigest(rooms.map(({ name }) => name).sort());
}
