import { slug } from 'github-slugger';

/** Where the card of a policy's rule stands on the page of the policy: a name may hold anything. */
export function ruleAnchor(rule: string): string {
  return `rule-${slug(rule)}`;
}
