import { exampleOutput, type Rule, relatedRules, rulePage } from '../../plugins/checks/index.ts';
import type { Severity } from '../../plugins/source/index.ts';
import { indented, wrapped, wrappedMarkdown } from './print-lines.ts';

/** What a rule holds, how strict it is here, how it looks when it fails, and the same mended. */
export function describeRule(rule: Rule, severity: Severity | 'off', site?: string): string {
  const output = exampleOutput(rule);
  const related = relatedRules(rule.name);
  return [
    `${rule.name}: ${rule.title}\n`,
    `${wrapped(rule.explain)}\n`,
    `When it is silent:\n${wrappedMarkdown(rule.silent)}\n`,
    `  about     ${rule.about === 'page' ? 'pages' : 'the manifests alone'}`,
    `  severity  ${severity}${severity === rule.severity ? '' : ` here, by default ${rule.severity}`} (\`severity\` in plumbline.yaml)`,
    ...(rule.about === 'page'
      ? [`  fix       ${rule.fixable ? '`plumbline fix` mends it where one answer is certain' : 'by hand'}`]
      : []),
    ...(related.length > 0 ? [`  related   ${related.join(', ')}`] : []),
    ...(site === undefined ? [] : [`  page      ${rulePage(site, rule.name)}`]),
    `\nfails:\n\n${indented(rule.failing)}`,
    ...(output === null ? [] : [`says:\n\n${indented(output)}`]),
    `mended:\n\n${indented(rule.mended)}`,
  ].join('\n');
}

export function ruleAsJson(rule: Rule, severity: Severity | 'off'): unknown {
  const { name, about, title, explain, silent, failing, mended, fixable = false } = rule;
  const related = relatedRules(name);
  const says = exampleOutput(rule);
  return {
    name,
    about,
    severity,
    defaultSeverity: rule.severity,
    title,
    explain,
    silent,
    fixable,
    related,
    failing,
    says,
    mended,
  };
}
