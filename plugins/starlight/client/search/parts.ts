/** Names taken apart, as people remember them. */

/** `HTTPRoute`: http, route; `argo-workflows.sso`: argo, workflows, sso; in lower case. */
export function partsOf(name: string): string[] {
  return splitName(name).map((part) => part.toLowerCase());
}

/** `WorkflowTemplate`: wt; `default-deny`: dd. */
export function initialsOf(name: string): string {
  return splitName(name)
    .map((part) => part.charAt(0).toLowerCase())
    .join('');
}

function splitName(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** Whether two words differ by one letter: another, one more, one less, or two of them swapped. */
export function within1(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  const rest = (text: string, from: number) => text.slice(from);
  if (a.length > b.length) return rest(a, at + 1) === rest(b, at);
  if (a.length < b.length) return rest(a, at) === rest(b, at + 1);
  const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at];
  return rest(a, at + 1) === rest(b, at + 1) || (isSwapped && rest(a, at + 2) === rest(b, at + 2));
}
