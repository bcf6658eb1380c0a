import { h } from 'hastscript';
import { rules } from '../checks/index.ts';
import { generatedData } from './generated-options.ts';
import { table } from './html.ts';
import { href, type SiteAddress } from './links.ts';
import type { GeneratedPage } from './shared.ts';

/** `rules/`: what each rule holds, with an example that fails and the same mended, from the registry of the checks. */
export function rulePages(address: SiteAddress): GeneratedPage[] {
  const all = Object.values(rules);
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
      table({
        view: 'rules',
        caption: 'All rules',
        columns: [
          { name: 'rule', label: 'Rule' },
          { name: 'about', label: 'About' },
          { name: 'severity', label: 'Severity' },
          { name: 'title', label: 'Says' },
        ],
        rows: all.map((rule) => ({
          id: rule.name,
          cells: [
            h('a.pl-ref', { href: href(address, `rules/${rule.name}`) }, h('code', rule.name)),
            rule.about === 'page' ? 'pages' : 'manifests',
            h('span', { className: tones[rule.severity] }, rule.severity),
            rule.title,
          ],
        })),
      }),
    ].join('\n\n'),
  };
  return [
    index,
    ...all.map((rule) => ({
      id: `rules/${rule.name}`,
      data: { ...generatedData, title: rule.name, description: rule.title },
      body: [
        `**${sentence(rule.title)}** (${rule.severity}, about ${rule.about === 'page' ? 'pages' : 'manifests'})`,
        rule.explain,
        '## Fails',
        fenced(rule.failing, rule.about),
        '## Mended',
        fenced(rule.mended, rule.about),
      ].join('\n\n'),
    })),
  ];
}

function fenced(text: string, about: 'page' | 'manifests'): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${fence}${about === 'page' ? 'md' : 'yaml'}\n${text.trimEnd()}\n${fence}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const tones = { error: 'pl-bad', warning: 'pl-warn', info: 'pl-muted' };
