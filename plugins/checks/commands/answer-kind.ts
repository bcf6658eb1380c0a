import { pluralOf } from '../../base/index.ts';
import { unreadIn } from '../../platform/index.ts';
import { missingKind } from '../rules/pages/command-unknown.ts';
import { kindsMeantBy } from './kind-names.ts';
import { installedIn } from './made.ts';
import type { About, Answer, CommandWord } from './types.ts';

/**
 * A kind that is a known one misspelt. Of any other that nobody here knows nothing is said: no repository
 * holds all that a cluster serves.
 */
export function answerKind(word: CommandWord, about: About): Answer | null {
  const { platform, makes } = about;
  const { text } = word;
  const candidates = kindsMeantBy(text, platform.model);
  if (candidates.length === 0) return null;
  const names = [text, pluralOf(text)].map((name) => `${name.toLowerCase()}.`);
  // The page shows the CustomResourceDefinition, for its reader to apply.
  if ([...makes.resources].some((made) => names.some((name) => made.startsWith(name)))) return null;
  const looked = `kind ${text}`;
  const why = installedIn(makes, null) ?? unreadIn(platform, [definition], null, text);
  return why === null ? { looked, fault: missingKind(about, word, candidates) } : { looked, unverified: why };
}

const definition = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' };
