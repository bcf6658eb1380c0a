import { createHash } from 'node:crypto';

/** A name for bytes or a text: their SHA-256 in hexadecimal digits, all 64 or the first few. */
export function digestOf(content: string | Uint8Array, length = 64): string {
  return createHash('sha256').update(content).digest('hex').slice(0, length);
}
