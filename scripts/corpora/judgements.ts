import judged from './judged.json' with { type: 'json' };

const judgements: Record<string, Record<string, string>> = judged;

/** What somebody who read the manifests says of a diagnostic of a repository; undefined where nobody did. */
export function judgementOf(repository: string, fingerprint: string): Judgement | undefined {
  const words = judgements[repository]?.[fingerprint];
  return words === undefined ? undefined : verdictOf(words);
}

/** @throws Error for a word that is no judgement. */
function verdictOf(words: string): Judgement {
  const verdict = verdicts.find((one) => words === one || words.startsWith(`${one}: `));
  if (verdict === undefined) throw new Error(`\`${words}\` in judged.json is none of ${verdicts.join(', ')}`);
  return verdict;
}

const verdicts = ['true', 'false', 'arguable'] as const;

/**
 * `arguable`: it is as the message says, but whether somebody should mend it only they can know, as of a page
 * that tells of something deleted.
 */
export type Judgement = (typeof verdicts)[number];
