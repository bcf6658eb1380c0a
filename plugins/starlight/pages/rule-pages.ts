import { h } from 'hastscript';
import { exampleOutput, href, type Rule, relatedRules, rules, type SiteAddress } from '../../checks/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { Severity } from '../../source/index.ts';
import { english } from '../../words/index.ts';
import { fenced } from './fence.ts';
import { type GeneratedPage, generatedData } from './generated-page.ts';
import { table } from './html.ts';

/**
 * `rules/`: what each rule holds, with an example that fails, what is said of it, and the same mended, from
 * the registry.
 */
export function rulePages({ platform }: Engine, address: SiteAddress): GeneratedPage[] {
  const all: Rule[] = Object.values(rules);
  const severityOf = (rule: Rule) => platform.config.severity[rule.name] ?? rule.severity;
  const index: GeneratedPage = {
    id: 'rules',
    data: {
      ...generatedData,
      title: 'Rules',
      description: 'Everything that pages and manifests are held to.',
      tableOfContents: false,
    },
    body: [
      'What pages and manifests are held to. A rule is silenced or softened under `severity` in `plumbline.yaml`, and for one block of a page by a comment before it, with a reason: `<!-- plumbline-ignore RULE: reason -->`.',
      table(
        {
          view: 'rules',
          caption: 'All rules',
          columns: [
            { name: 'rule', label: 'Rule' },
            { name: 'about', label: 'About' },
            { name: 'severity', label: 'Severity' },
            { name: 'mended', label: 'Mended by' },
            { name: 'title', label: 'Says' },
          ],
          rows: all.map((rule) => ({
            id: rule.name,
            cells: [
              h('a.pl-ref', { href: href(address, `rules/${rule.name}`) }, h('code', rule.name)),
              rule.about === 'page' ? 'pages' : 'manifests',
              h('span', { className: tones[severityOf(rule)] }, severityOf(rule)),
              rule.fixable ? 'command' : h('span.pl-muted', 'hand'),
              rule.title,
            ],
          })),
        },
        english,
      ),
    ].join('\n\n'),
  };
  return [
    index,
    ...all.map((rule) => ({
      id: `rules/${rule.name}`,
      data: { ...generatedData, title: rule.name, description: rule.title },
      body: body(rule, severityOf(rule), address),
    })),
  ];
}

function body(rule: Rule, severity: Severity | 'off', address: SiteAddress): string {
  const says = exampleOutput(rule);
  const related = relatedRules(rule.name).map((name) => `[\`${name}\`](${href(address, `rules/${name}`)})`);
  const byDefault = severity === rule.severity ? '' : `, by default ${rule.severity}`;
  return [
    `**${sentence(rule.title)}** (${severity}${byDefault}, about ${rule.about === 'page' ? 'pages' : 'manifests'})`,
    rule.explain,
    '## When it is silent',
    rule.silent,
    '## Fails',
    fenced(rule.failing, rule.about === 'page' ? 'md' : 'yaml'),
    ...(says === null ? [] : ['`plumbline check` says:', fenced(says, 'text')]),
    '## Mended',
    fenced(rule.mended, rule.about === 'page' ? 'md' : 'yaml'),
    '## How to mend it',
    howTo(rule),
    ...(related.length > 0 ? [`Of the same family: ${related.join(', ')}.`] : []),
  ].join('\n\n');
}

/** Who can mend it, and how it is silenced where it is right to. */
function howTo({ name, about, fixable }: Rule): string {
  const where = `Under \`severity\` in \`plumbline.yaml\` it is softened or switched off (\`${name}: off\`)`;
  if (about === 'manifests')
    return `Mend the manifest at the line that is shown; \`plumbline fix\` writes pages alone. ${where}.`;
  const silence =
    name === 'suppression-unused'
      ? '.'
      : `, and for one block by \`<!-- plumbline-ignore ${name}: reason -->\` on the line before it.`;
  return fixable
    ? `\`plumbline fix\` writes the right words where one answer is certain; \`plumbline fix --dry-run\` shows them first. ${where}${silence}`
    : `By hand: what is meant only its author knows. ${where}${silence}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const tones = { error: 'pl-bad', warning: 'pl-warn', info: 'pl-muted', off: 'pl-muted' };
