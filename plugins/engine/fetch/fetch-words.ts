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

/** What a failure lacks, as Git, Helm and servers word it. */
export function lackingIn(why: string): FetchLack | null {
  if (refusal.test(why)) return 'login';
  return /HTTP response to HTTPS client/.test(why) ? 'tls' : null;
}

const refusal =
  /\b(401|403|unauthorized|denied|forbidden)\b|could not read (Username|Password)|Authentication failed/i;

/** A login that the server takes, or TLS on its side. */
export type FetchLack = 'login' | 'tls';

export function withoutCredentials(text: string): string {
  return text
    .replaceAll(/:\/\/[^/@\s"]*@/g, '://')
    .replaceAll(/\b(authorization|bearer|basic|token|password)(["':= ]+)\S+/gi, '$1$2…');
}
