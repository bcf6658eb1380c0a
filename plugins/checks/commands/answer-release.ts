import { isMisspelt, nearest } from '../../base/index.ts';
import { missingRelease } from '../rules/pages/command-unknown.ts';
import { installedIn } from './made.ts';
import { isName, isStandIn } from './namespaces.ts';
import { releasesOf } from './releases.ts';
import type { About, Answer, CommandWord } from './types.ts';

/**
 * Charts that Argo CD renders leave no release in the cluster, others do: only what looks misspelt is called
 * wrong.
 */
export function answerRelease(word: CommandWord, about: About): Answer | null {
  const { makes } = about;
  const releases = releasesOf(about.platform);
  const looked = `release ${word.text}`;
  if (releases.has(word.text)) return { looked };
  if (!isName(word.text) || isStandIn(word.text) || makes.resources.has(word.text)) return null;
  const why = installedIn(makes, null);
  if (why !== null) return { looked, unverified: why };
  const candidates = nearest(word.text, releases.keys()).filter((one) => isMisspelt(word.text, one));
  if (candidates.length === 0) return { looked, unverified: 'no manifest says what was installed by hand' };
  return { looked, fault: missingRelease(about, word, candidates, releases) };
}
