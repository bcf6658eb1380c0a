/** Text in a fence longer than any that it holds. */
export function fenced(text: string, info: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${fence}${info}\n${text.trimEnd()}\n${fence}`;
}
