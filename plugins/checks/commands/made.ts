import type { Platform } from '../../platform/index.ts';
import { findPath } from './command-paths.ts';
import { isName } from './namespaces.ts';
import { questionsOf } from './questions.ts';
import type { CommandStatement, CommandWord, PageMakes } from './types.ts';

/**
 * What the commands of a page make themselves, and the manifests that it shows: a walk-through creates a
 * namespace and then looks into it.
 * What they make by name counts for the whole page; what they install from elsewhere, for the commands from
 * there on.
 */
export function makesOf(statement: CommandStatement, platform: Platform): PageMakes {
  const { namespaces, resources } = statement.page.shown;
  const makes: PageMakes = {
    ...{ namespaces: new Set(namespaces), resources: new Set(resources), installs: [] },
  };
  let isBefore = true;
  for (const other of statement.page.commands) {
    const { makes: made = {} } = questionsOf(other);
    for (const { text } of made.namespaces ?? []) makes.namespaces.add(text);
    for (const { word } of made.resources ?? []) if (isName(word.text)) makes.resources.add(word.text);
    const into = made.namespace && !made.namespace.open ? made.namespace.text : null;
    if (isBefore)
      for (const word of made.from ?? [])
        if (isForeign(word, other, platform))
          makes.installs.push({ what: word.open ? '…' : word.text, namespace: into });
    if (other === statement) isBefore = false;
  }
  return makes;
}

/** Why something may exist in a namespace that the page itself has installed; null where it has not. */
export function installedIn({ installs }: PageMakes, namespace: string | null): string | null {
  const found = installs.find(
    (one) => namespace === null || one.namespace === null || one.namespace === namespace,
  );
  return found ? `the page itself installs \`${found.what}\`` : null;
}

/** True for what is no file of the repository, and none that is meant to be one. */
function isForeign(word: CommandWord, statement: CommandStatement, platform: Platform): boolean {
  return word.open || findPath({ word, kustomization: false }, platform, statement).ok === null;
}
