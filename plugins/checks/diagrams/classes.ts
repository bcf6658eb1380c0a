import { isMisspelt, nearest } from '../../base/index.ts';
import { siteClasses } from '../../d2/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { unknownClass } from '../rules/pages/diagram-invalid.ts';
import { importsIn } from './imports-in.ts';
import type { FenceStatement } from './types.ts';

/**
 * Classes of a fence that nothing defines and that look like one that there is. D2 draws a shape of an
 * unknown class plainly, without a word; a name that is near to none may be meant for a stylesheet.
 * @param files what the fence imports, by name.
 */
export function classFaults(statement: FenceStatement, files: Record<string, string>): Diagnostic[] {
  const { source } = statement;
  const defined = definedClasses([source, ...Object.values(files)].join('\n'));
  if (defined === null) return [];
  const known = new Set([...defined, ...Object.keys(siteClasses)]);
  const isImported = importsIn(source).some(({ path }) => path === 'gitops/classes');
  return [...source.split('\n').entries()].flatMap(([line, text]) =>
    [...withoutComment(text).matchAll(/(?<![\w-])class\s*:\s*(\[[^\]]*\]|"?[\w-]+"?)/g)].flatMap((match) => {
      const [whole, value = ''] = match;
      const from = match.index + whole.length - value.length;
      return [...value.matchAll(/[\w-]+/g)].flatMap(({ 0: name, index }): Diagnostic[] => {
        if (defined.has(name)) return [];
        const candidates = nearest(name, known).filter((one) => isMisspelt(name, one));
        const isOurs = Object.hasOwn(siteClasses, name);
        if (candidates.length === 0 && !isOurs) return [];
        const column = from + index;
        const range = { file: 'index', line, column, endLine: line, endColumn: column + name.length };
        return [unknownClass(name, statement.placeOf(range), isOurs ? [] : candidates, isImported)];
      });
    }),
  );
}

/** The keys of every `classes` map; null where one takes some from a file. */
function definedClasses(text: string): Set<string> | null {
  const names = new Set([...text.matchAll(/(?<![\w-])classes\.([\w-]+)/g)].map(([, name = '']) => name));
  for (const { 0: begin, index } of text.matchAll(/(?<![\w-])classes\s*:\s*\{/g)) {
    let depth = 1;
    const tokens = /"(?:[^"\\]|\\.)*"|'[^']*'|#.*|[{}]|\.\.\.@|[\w-]+(?=\s*[:.{])/g;
    tokens.lastIndex = index + begin.length;
    for (let token = tokens.exec(text); token !== null && depth > 0; token = tokens.exec(text)) {
      if (token[0] === '{') depth += 1;
      else if (token[0] === '}') depth -= 1;
      else if (depth === 1 && token[0] === '...@') return null;
      else if (depth === 1) names.add(token[0].replaceAll(/^["']|["']$/g, ''));
    }
  }
  return names;
}

/** Up to a `#` outside of quotes. */
function withoutComment(line: string): string {
  return /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"'])*/.exec(line)?.[0] ?? '';
}
