import { posix } from 'node:path';
import type { D2Input } from './types.ts';

/**
 * A D2 text with everything that it imports put in its place, so that it stands alone and changes when the
 * model does. The site's classes are left out: without them D2 draws plain shapes. A part of a file
 * (`@shapes.one`) stays an import.
 */
export function standalone({ source, files }: D2Input): string {
  return inlined(source, '.', files);
}

function inlined(source: string, folder: string, files: D2Input['files']): string {
  const lines = source.split('\n').flatMap((line) => {
    const comment = /(?:^|\s)#/.exec(line)?.index ?? line.length;
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const text = line
      .slice(0, comment)
      .replaceAll(imports, (whole: string, before: string, ...names: (string | undefined)[]) => {
        const written = names.slice(0, 3).find((name) => name !== undefined) ?? '';
        const path = posix.join(folder, written.replace(/\.d2$/, ''));
        if (path.endsWith('gitops/classes')) return before === '...' ? '' : whole;
        const imported = files[`${path}.d2`];
        if (imported === undefined) return whole;
        const inner = inlined(imported, posix.dirname(path), files).trim();
        if (before === '...') return indented(inner, indent);
        return `: {\n${indent}  ${indented(inner, `${indent}  `)}\n${indent}}`;
      });
    const isGone = text.trim() === '' && line.slice(0, comment).trim() !== '';
    return isGone ? [] : [text + line.slice(comment)];
  });
  return lines.join('\n');
}

/** All lines but the first, which stands behind what was there. */
function indented(text: string, indent: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
}

const imports = /(\.\.\.|:[ \t]*)@(?:"([^"\n]+)"|'([^'\n]+)'|([\w/.-]+))/g;
