import { h } from 'hastscript';
import { type Engine, policiesSlug } from '../../engine/index.ts';
import { type PolicyStatus, podResults, resultCounts } from '../../model/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { lineOf, refApart, shortName, table } from './html.ts';
import { ruleAnchor } from './rule-anchor.ts';

/**
 * `resources/policies/`: every rule of every policy in one table, its message first, as a message is what
 * somebody has who was refused; none where the platform has no policies.
 */
export function policyLibrary({ platform }: Engine, { links, speech }: GeneratedOptions): GeneratedPage[] {
  const { model } = platform;
  if (model.policies.length === 0) return [];
  const { say } = speech;
  const page = { platform, links, speech };
  const counts = resultCounts({
    ...model,
    policyResults: [...model.policyResults, ...podResults(model)],
  });
  const rows = model.policies.flatMap((policy) => {
    const resource = platform.resource(policy.id);
    const note = (name: string) => resource?.annotations[`policies.kyverno.io/${name}`]?.trim() ?? '';
    const href = resource === undefined ? null : links.resource(resource);
    return policy.rules.map((rule) => ({
      id: `${policy.id}#${rule.name}`,
      at: lineOf(rule.origin, page),
      cells: [
        href === null
          ? (rule.message ?? rule.name)
          : h('a', { href: `${href}#${ruleAnchor(rule.name)}` }, rule.message ?? rule.name),
        resource === undefined ? h('code', policy.id) : refApart(resource, page, shortName(resource)),
        rule.action ?? rule.type,
        note('severity'),
        note('category'),
        told((result) => counts(policy.id, rule.name, result)),
      ],
    }));
  });
  return [
    {
      id: policiesSlug,
      data: {
        ...generatedData,
        title: say('library.title'),
        description: say('library.description'),
        tableOfContents: false,
      },
      body: [
        say('library.intro', { count: rows.length }),
        table(
          {
            view: 'policy-library',
            caption: say('library.title'),
            isTitled: true,
            columns: [
              { name: 'message', label: say('column.message') },
              { name: 'policy', label: say('column.policy') },
              { name: 'action', label: say('column.action') },
              { name: 'severity', label: say('answer.severity') },
              { name: 'category', label: say('answer.category') },
              { name: 'results', label: say('answer.fares') },
            ],
            rows,
          },
          speech,
        ),
      ].join('\n\n'),
    },
  ];
}

/** `2 pass, 1 fail`; nothing where it judges nothing here. */
function told(countOf: (result: PolicyStatus) => number): string {
  return statuses
    .map((status) => ({ status, count: countOf(status) }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ');
}

const statuses: readonly PolicyStatus[] = ['fail', 'error', 'warn', 'unverified', 'pass', 'skip'];
