import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Range } from 'vscode-languageserver/node';
import { realOf } from '../base/index.ts';
import type { Place } from '../source/index.ts';

/** An editor counts lines and UTF-16 units from 0, we count both from 1. */
export function rangeOf({ line, column, endLine, endColumn }: Omit<Place, 'file'>): Range {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}

/** A file on disk with its links followed, as pages are known; null for what is none, such as `untitled:`. */
export function pathOf(uri: string): string | null {
  try {
    return uri.startsWith('file:') ? realOf(fileURLToPath(uri)) : null;
  } catch {
    return null;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** A file that a place names: relative to the root, or to the working directory where it lies outside. */
export function absolute(file: string, root: string): string {
  const inRoot = resolve(root, file);
  return existsSync(inRoot) ? inRoot : resolve(file);
}

/** True where a place of a page holds the position; its end counts, as the cursor stands behind a word. */
export function holds(place: Omit<Place, 'file'>, at: Cursor): boolean {
  const [line, column] = [at.line + 1, at.character + 1];
  const isAfter = line > place.line || (line === place.line && column >= place.column);
  const isBefore = line < place.endLine || (line === place.endLine && column <= place.endColumn);
  return isAfter && isBefore;
}

/** From 0, as an editor counts. */
export interface Cursor {
  line: number;
  character: number;
}
