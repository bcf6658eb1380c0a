import { isMisspelt } from '../../base/index.ts';
import { controllerNamespaces, isBuiltIn, mayHold, unreadWords } from '../../platform/index.ts';
import { missingNamespace } from '../rules/pages/command-unknown.ts';
import { installedIn } from './made.ts';
import { isName, isStandIn, namespacesOf } from './namespaces.ts';
import type { About, Answer, CommandWord } from './types.ts';

/**
 * A namespace must be one that the manifests declare or use. What was not expanded, or is no public chart,
 * may bring another.
 */
export function answerNamespace(word: CommandWord, about: About): Answer | null {
  const { platform, makes } = about;
  const name = word.text;
  const known = namespacesOf(platform);
  const looked = `namespace ${name}`;
  if (known.has(name)) return { looked };
  if (!isName(name) || isStandIn(name) || isBuiltIn(name) || makes.namespaces.has(name)) return null;
  const [part] = mayHold(platform, [{ group: '', kind: 'Namespace' }], null, name);
  const why =
    (known.size === 0 ? 'no manifest speaks of a namespace' : undefined) ??
    (controllerNamespaces(platform).has(name)
      ? 'the installation of Argo CD itself is not in this repository'
      : undefined) ??
    installedIn(makes, name) ??
    (part && unreadWords(part));
  if (why !== undefined) return { looked, unverified: why };
  const { applications, applicationSets } = platform.model;
  const isSlip = [...known.keys()].some((one) => isMisspelt(name, one));
  if (!isSlip && applications.length + applicationSets.length === 0) return { looked, unverified: byHand };
  return { looked, fault: missingNamespace(about, word, known) };
}

export const byHand = 'no Application says what is deployed, and people install by hand';
