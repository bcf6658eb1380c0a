/** What kustomize says, as far as something is told from it: all of its words that are looked for. */

/** It refuses a kustomization as that, whatever lies beside it. */
export function refusesKustomization(message: string): boolean {
  return /invalid Kustomization|unknown field/.test(message);
}

/** The kustomization gives nothing. */
export function findsNothing(message: string): boolean {
  return message.includes('is empty');
}

/** What a kustomization reads is not there: of a replacement, of a variable. */
export function missesSource(message: string): boolean {
  return /nothing selected by|unable to find field|variables? .* not|could not find/i.test(message);
}

/** The name of what a generator cannot merge into. */
export function unmergedName(message: string): string | undefined {
  return message.match(/Name:"([^"]+)".*cannot merge or replace/)?.[1];
}

/** The innermost folder that it was in. */
export function innermostFolder(message: string): string | undefined {
  return [...message.matchAll(/recursed accumulation of path '([^']+)'/g)].at(-1)?.[1];
}

export function unknownField(message: string): string | undefined {
  return message.match(/unknown field "([\w-]+)"/)?.[1];
}
