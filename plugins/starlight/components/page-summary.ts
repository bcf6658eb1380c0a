import type { Speech } from '../../words/index.ts';
import type { PageFacts } from '../site/page-facts.ts';

/**
 * `12 claims, 3 tables, 2 diagrams`; what could not be verified and what is wrong comes last, and only where
 * there is any. Empty for a page of which only links were checked: they say nothing of the manifests.
 */
export function summary({ found, unverified, faults }: PageFacts, { say }: Speech): string {
  if (found.every(({ as }) => as === 'links') && unverified + faults === 0) return '';
  return [
    ...found.map(({ as, number }) => say(`statement.${as}`, { count: number })),
    ...(unverified > 0 ? [say('unverified.number', { count: unverified })] : []),
    ...(faults > 0 ? [say('number.fault', { count: faults })] : []),
  ].join(', ');
}

/** `41 of 96 sentences checked, 2 faults let be`; empty for a page without a sentence. */
export function coverage({ sentences, suppressions }: PageFacts, { say }: Speech): string {
  const { checked, of } = sentences;
  return [
    ...(of > 0 ? [say('foot.sentences', { checked, count: of })] : []),
    ...(suppressions > 0 ? [say('foot.letBe', { count: suppressions })] : []),
  ].join(', ');
}
