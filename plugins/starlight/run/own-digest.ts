import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A hash of our own code: what an upgrade may say otherwise is made anew. */
export function ownDigest(): string {
  digest ??= hashFolder(resolve(import.meta.dirname, '../..'));
  return digest;
}

function hashFolder(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[cm]?[jt]s$/.test(file),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(resolve(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

let digest: string | undefined;
