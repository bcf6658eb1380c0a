/**
 * True where something in the text is filled in by a set-up step, or was not when its template was rendered.
 */
export function holdsPlaceholder(text: string): boolean {
  return /\$\{[^}]+\}|\$\([^)]+\)|<[A-Za-z][^<>\n]*>|%[A-Z_]+%|\{\{|\{%/.test(text);
}
