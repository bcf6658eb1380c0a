import type { ToolComponent } from 'sarif';
import manifest from '../../package.json' with { type: 'json' };
import { type Rule, rules } from '../checks/index.ts';
import type { Severity } from '../source/index.ts';

const registry: Rule[] = Object.values(rules);

/** SARIF's word for a severity. */
export const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** What SARIF says of us: every rule with what it holds and why, and an example, for the page of an alert. */
export function driverFor(ruleUrl?: (rule: string) => string): ToolComponent {
  return {
    name: 'Plumbline',
    version: manifest.version,
    semanticVersion: manifest.version,
    rules: registry.map((rule) => ({
      id: rule.name,
      shortDescription: { text: rule.title },
      fullDescription: { text: rule.explain },
      help: { text: rule.explain, markdown: help(rule) },
      ...(ruleUrl ? { helpUri: ruleUrl(rule.name) } : {}),
      defaultConfiguration: { level: levels[rule.severity] },
      properties: { tags: [rule.about] },
    })),
    notifications: [
      { id: 'unverified', shortDescription: { text: 'Something could not be verified.' } },
      { id: 'baseline', shortDescription: { text: 'The baseline lists a fault that is mended.' } },
      { id: 'failed', shortDescription: { text: 'The run ended without an answer.' } },
    ],
  };
}

/** Where a rule stands among the driver's; -1, which is SARIF's own word for nowhere, where it does not. */
export function ruleIndex(name: string): number {
  return registry.findIndex((rule) => rule.name === name);
}

function help({ explain, silent, about, failing, mended }: Rule): string {
  const language = about === 'page' ? 'md' : 'yaml';
  // Longer than any fence in an example.
  const fenced = (text: string) => `\`\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\``;
  return `${explain}\n\nSilent: ${silent}\n\nFails:\n\n${fenced(failing)}\n\nMended:\n\n${fenced(mended)}\n`;
}
