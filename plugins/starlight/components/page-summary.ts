import { counted } from '../../base/index.ts';
import type { PageFacts } from '../site/page-facts.ts';

/**
 * `12 claims, 3 tables, 2 diagrams`; what could not be verified and what is wrong comes last, and only where
 * there is any. Empty for a page of which only links were checked: they say nothing of the manifests.
 */
export function summary(page: PageFacts): string {
  const shown = [
    ...page.found,
    { number: page.unverified, one: 'not verified', many: 'not verified' },
    { number: page.faults, one: 'fault', many: 'faults' },
  ].filter(({ number }) => number > 0);
  if (shown.every(({ one }) => one === 'link')) return '';
  return shown.map(({ number, one, many }) => counted(number, one, many)).join(', ');
}

/** `41 of 96 sentences checked, 2 faults let be`; empty for a page without a sentence. */
export function coverage({ sentences, suppressions }: PageFacts): string {
  const { checked, of } = sentences;
  return [
    ...(of > 0 ? [`${checked} of ${counted(of, 'sentence')} checked`] : []),
    ...(suppressions > 0 ? [`${counted(suppressions, 'fault')} let be`] : []),
  ].join(', ');
}
