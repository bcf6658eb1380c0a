/** Text within `width` columns, broken at blanks. */
export function wrapped(text: string, width = 90): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** Paragraphs and list items of Markdown, each wrapped by itself, an item with a hanging indent. */
export function wrappedMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.startsWith('- ') ? `- ${wrapped(line.slice(2), 88).replaceAll('\n', '\n  ')}` : wrapped(line),
    )
    .join('\n');
}

/** Each line that is not empty, four blanks in. */
export function indented(text: string): string {
  return `${text.trimEnd()}\n`.replaceAll(/^(?=.)/gm, '    ');
}

/** No control character of a page or manifest reaches the terminal. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u00b7');
}

/** Rows of cells under one another, two blanks in; the last cell of a row is as long as it likes. */
export function columnsText(rows: readonly (readonly string[])[]): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count - 1 }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}
