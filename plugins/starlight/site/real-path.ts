import { realpathSync } from 'node:fs';

/** The path with its links followed; as it is where there is no such file. */
export function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
