import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a value stands in a text: as it is, in Base64 (whatever stands around it) or backwards. */
export function isIn(text: string, value: string): boolean {
  return formsOf(value).some((form) => text.includes(form));
}

export function around(text: string, value: string): string {
  const at = Math.max(0, ...formsOf(value).map((form) => text.indexOf(form)));
  return text.slice(Math.max(0, at - 200), at + 100);
}

/** Everything that is written under a folder, but for the engines that lie there. */
export function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('engine'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

function formsOf(value: string): string[] {
  const shifted = [0, 1, 2].map((by) =>
    Buffer.from(`${'x'.repeat(by)}${value}`)
      .toString('base64')
      .replaceAll('=', '')
      .slice(by === 0 ? 0 : 4, -2),
  );
  return [value, ...shifted, [...value].toReversed().join('')];
}
