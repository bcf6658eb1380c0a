/** What a program says of a failure, in one line. */
export function wordsOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^(WARNING|level=)/i.test(line));
  const words = withoutCredentials(
    lines
      .join(' ')
      .replace(/^Error: /, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  return words.length > 400 ? `${words.slice(0, 397)}…` : words;
}

export function withoutCredentials(text: string): string {
  return text
    .replaceAll(/:\/\/[^/@\s"]*@/g, '://')
    .replaceAll(/\b(authorization|bearer|basic|token|password)(["':= ]+)\S+/gi, '$1$2…');
}
