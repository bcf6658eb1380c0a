/** Where the card of a policy's rule stands on the page of the policy. */
export function ruleAnchor(rule: string): string {
  return `rule-${rule}`;
}
