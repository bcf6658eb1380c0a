import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The sheet that has addresses of pictures in it, before all others. */
export const rootSheet = resolve(import.meta.dirname, '../styles/root.css');

export const styleFiles: readonly string[] = [
  'plumbline',
  'tables',
  'diagrams',
  'things',
  'around',
  'search',
  'sidebar',
  'trust',
  'explanations',
  'waves',
  'home',
].map((name) => resolve(import.meta.dirname, `../styles/${name}.css`));

/** The styles of a site, those of the diagrams last: one sheet, as each takes a build as long as all. */
export async function styles(): Promise<string> {
  const { diagramCss } = await import('../../d2/theme.ts');
  return [...styleFiles.map((file) => readFileSync(file, 'utf8')), diagramCss()].join('\n');
}
