import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hash of our own code in these rooms: what is kept is good for as long as that which made it is the same,
 * and nobody has to remember to say that it is not. Read once a process; of the package it is written down.
 */
export function codeDigest(rooms: readonly string[]): string {
  if (written === undefined) written = readWritten();
  return rooms.map((room) => known.get(room) ?? written?.[room] ?? digestOfRoom(room)).join('');
}

/** The same of all our code. */
export function wholeCodeDigest(): string {
  if (written === undefined) written = readWritten();
  return codeDigest(written === null ? roomsOf(plugins) : Object.keys(written));
}

/** Of all rooms, for the package: whose `codeDigests` is beside them. */
export function codeDigests(folder: string): Record<string, string> {
  return Object.fromEntries(roomsOf(folder).map((room) => [room, hashFolder(join(folder, room))]));
}

function roomsOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).sort();
}

/** Beside the rooms. */
export const codeDigestsName = 'code-digests.json';

function digestOfRoom(room: string): string {
  const digest = hashFolder(join(plugins, room));
  known.set(room, digest);
  return digest;
}

function hashFolder(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[cm]?[jt]s$/.test(file),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Null where it is not, as in the checkout. */
function readWritten(): Record<string, string> | null {
  try {
    return JSON.parse(readFileSync(join(plugins, codeDigestsName), 'utf8')) as Record<string, string>;
  } catch {
    return null;
  }
}

const plugins = join(import.meta.dirname, '..');
const known = new Map<string, string>();
let written: Record<string, string> | null | undefined;
