/** Every `@path` of a D2 text, with its range; in a label or a block string it may be none. */
export function importsIn(source: string): Use[] {
  const uses: Use[] = [];
  for (const [line, text] of source.split('\n').entries()) {
    const code = text.replace(/(^|\s)#.*$/, (comment) => ' '.repeat(comment.length));
    for (const match of code.matchAll(/(?<=^|[\s:.{;])@(?:"([^"\n]+)"|'([^'\n]+)'|([\w/.-]+))/g)) {
      const path = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\.d2$/, '');
      // `@gitops/projects.obs` imports a part of the file: the path ends at the dot.
      const file = match[3] === undefined ? path : path.replace(/(?<=[^./])\..*$/, '');
      uses.push({
        path: file,
        line,
        column: match.index,
        endLine: line,
        endColumn: match.index + match[0].length,
      });
    }
  }
  return uses;
}

interface Use {
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}
