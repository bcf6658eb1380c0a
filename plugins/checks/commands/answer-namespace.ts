import { nearest } from '../../base/index.ts';
import { suggestion } from '../diagnose.ts';
import { sourceOf } from '../subjects.ts';
import type { CommandWord } from '../types.ts';
import { fault } from './command-fault.ts';
import { installedIn } from './made.ts';
import { isBuiltIn, isName, isStandIn, namespacesOf } from './namespaces.ts';
import type { About, Answer } from './types.ts';

/** A namespace must be one that the manifests declare or use. What was not expanded, or is no public chart, may bring another. */
export function answerNamespace(word: CommandWord, about: About): Answer | null {
  const { platform, makes } = about;
  const name = word.text;
  const known = namespacesOf(platform);
  const looked = `namespace ${name}`;
  if (known.has(name)) return { looked };
  if (!isName(name) || isStandIn(name) || isBuiltIn(name) || makes.namespaces.has(name)) return null;
  const { applicationSets, unverified } = platform.model;
  const why =
    installedIn(makes, name) ??
    applicationSets.find((set) => set.unverified !== null)?.unverified ??
    unverified.find(({ what }) => !what.startsWith('helm chart'))?.what;
  if (why !== undefined) return { looked, unverified: why };
  const candidates = nearest(name, known.keys());
  const near = candidates.flatMap((candidate) => known.get(candidate) ?? []);
  return {
    looked,
    fault: fault(about, word, {
      message: `no manifest declares or uses a namespace \`${name}\``,
      expected: 'a namespace of the platform',
      actual: `searched ${known.size} namespaces`,
      candidates,
      sources: near.map((resource) => sourceOf(platform, resource, 'nearest', ['metadata', 'name'])),
      help: suggestion(candidates, [...known.keys()].sort()) ?? 'correct the name, or declare the namespace',
    }),
  };
}
