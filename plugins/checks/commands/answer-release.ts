import { isMisspelt, nearest } from '../../base/index.ts';
import { suggestion } from '../diagnose.ts';
import type { CommandWord } from '../types.ts';
import { fault } from './command-fault.ts';
import { installedIn } from './made.ts';
import { isName, isStandIn } from './namespaces.ts';
import { releasesOf } from './releases.ts';
import type { About, Answer } from './types.ts';

/** Charts that Argo CD renders leave no release in the cluster, others do: only what looks misspelt is called wrong. */
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
  const near = candidates.flatMap((one) => releases.get(one) ?? []);
  return {
    looked,
    fault: fault(about, word, {
      message: `no chart of the repository is installed as \`${word.text}\``,
      expected: 'the name of a release',
      actual: `searched ${releases.size} releases`,
      candidates,
      sources: near.map((place) => ({ ...place, resource: null, path: null, role: 'nearest', via: [] })),
      help: suggestion(candidates),
    }),
  };
}
