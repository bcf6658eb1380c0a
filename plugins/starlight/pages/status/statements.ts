import { slug } from 'github-slugger';
import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import type { Case, PageSummary } from '../../../engine/index.ts';
import { type Content, listElement, withCode } from '../../../remark/index.ts';
import type { Speech, WordKey } from '../../../words/index.ts';
import { table } from '../html.ts';
import type { SiteContext } from '../site-context.ts';

/** How each page fares, those with something open or wrong first. */
export function byPage(context: SiteContext): string[] {
  const { say } = context.speech;
  const pages = context.report.pages.filter(({ cases }) => cases.some(({ held }) => held));
  if (pages.length === 0) return [];
  const counts = pages.map((page) => ({ page, ...countsOf(page) }));
  const rows = counts
    .sort((a, b) => b.false - a.false || b.unverified - a.unverified || compareText(a.page.file, b.page.file))
    .map(({ page, ...count }) => ({
      id: page.file,
      cells: [
        pageLink(page.file, context),
        number(count.true),
        toned(count.unverified, 'pl-warn'),
        toned(count.false, 'pl-bad'),
        number(count.suppressed),
        `${page.coverage.sentences.checked} / ${page.coverage.sentences.of}`,
      ] satisfies Content[],
    }));
  const names = ['true', 'notVerified', 'false', 'suppressed', 'sentences'] as const;
  return [
    `## ${say('status.byPage')}`,
    table(
      {
        view: 'status-pages',
        caption: say('status.byPage'),
        isTitled: true,
        columns: [
          { name: 'page', label: say('status.page') },
          ...names.map((name) => ({ name, label: say(`status.${name}`), class: 'pl-right' })),
        ],
        rows,
      },
      context.speech,
    ),
  ];
}

/** What is neither true nor false, and because of what; why that is not known stands in a list of its own. */
export function openStatements(context: StatedContext): string[] {
  const { say } = context.speech;
  const open = allCases(context).filter(({ outcome }) => outcome === 'unverified');
  if (open.length === 0) return [];
  const listed = new Map(context.report.unverified.map(({ what, why }) => [`${what}: ${why}`, what]));
  const list = say('status.notKnown');
  return [
    `## ${say('status.open')}`,
    [
      say('status.openIntro'),
      ...(listed.size === 0 ? [] : [say('status.openWhy', { list: `[${list}](#${slug(list)})` })]),
    ].join(' '),
    caseTable('status-open', say('status.open'), open, context, ({ why }) =>
      foldedList(
        why.map((reason) => withCode(listed.get(reason) ?? reason)),
        context.speech,
      ),
    ),
  ];
}

/** What was found, by the rule that found it, and the rules that nobody asked. */
export function byRule({ report, page, speech, rulePage }: SiteContext): string[] {
  const { say } = speech;
  const found = Map.groupBy(report.diagnostics, ({ rule, severity }) => `${rule} ${severity}`);
  if (found.size + report.off.length === 0) return [];
  const rows = [...found]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, ones]) => {
      const [{ rule, severity }] = [ones[0] ?? { rule: '', severity: 'info' as const }];
      const name = h('code', rule);
      return {
        id,
        cells: [
          rulePage ? h('a.pl-ref', { href: page(`rules/${rule}`) }, name) : name,
          say(`status.${severity}`),
          number(ones.length),
        ] satisfies Content[],
      };
    });
  return [
    `## ${say('status.byRule')}`,
    ...(rows.length === 0
      ? []
      : [
          table(
            {
              view: 'status-rules',
              caption: say('status.byRule'),
              isTitled: true,
              columns: [
                { name: 'rule', label: say('column.rule') },
                { name: 'severity', label: say('status.severity') },
                { name: 'number', label: say('status.number'), class: 'pl-right' },
              ],
              rows,
            },
            speech,
          ),
        ]),
    ...(report.off.length === 0
      ? []
      : [say('status.off', { rules: report.off.map((name) => `\`${name}\``).join(', ') })]),
  ];
}

/** Every claim, table, diagram and more, page by page. */
export function statedOn(context: SiteContext): string[] {
  const { say } = context.speech;
  const all = allCases(context).filter(({ type }) => type !== 'link');
  if (all.length === 0) return [];
  const title = say('status.everything');
  if (all.length > mostCases)
    return [
      `## ${title}`,
      say('status.tooMany', { count: all.length, data: `[facts.json](${context.file('facts.json')})` }),
    ];
  return [
    `## ${title}`,
    caseTable('status-all', title, all, context, ({ outcome }) =>
      h(`span.${tones[outcome]}`, say(outcomeWords[outcome])),
    ),
  ];
}

function caseTable(
  view: string,
  caption: string,
  cases: readonly PlacedCase[],
  context: StatedContext,
  last: (one: PlacedCase) => Content,
): string {
  const { say } = context.speech;
  return table(
    {
      view,
      caption,
      isTitled: true,
      columns: [
        { name: 'page', label: say('status.page') },
        { name: 'line', label: say('status.line'), class: 'pl-right' },
        { name: 'kind', label: say('status.kind') },
        { name: 'statement', label: say('status.statement') },
        { name: 'found', label: say(view === 'status-open' ? 'status.why' : 'status.outcome') },
      ],
      rows: cases.map((one, index) => ({
        id: `${view}-${index}`,
        cells: [
          pageLink(one.file, context),
          number(one.place.line),
          one.type,
          withCode(one.name),
          last(one),
        ] satisfies Content[],
      })),
    },
    context.speech,
  );
}

/** The first few, the others behind a line that opens them: every statement may wait for the same charts. */
function foldedList(items: Content[], { say }: Speech): Content {
  // One more is no longer than the line that would open it.
  if (items.length <= mostReasons + 1) return listElement(items);
  const rest = items.slice(mostReasons);
  return [
    listElement(items.slice(0, mostReasons)),
    h('details.pl-fold', [h('summary', say('cell.more', { count: rest.length })), listElement(rest)]),
  ];
}

function allCases({ report }: StatedContext): PlacedCase[] {
  return report.pages.flatMap(({ file, cases }) =>
    cases.filter(({ held }) => held).map((one) => ({ ...one, file })),
  );
}

/** A page by its title, where the site shows it. */
function pageLink(file: string, { pages, page }: StatedContext): Content {
  const found = pages.find((one) => one.file === file);
  return found === undefined ? h('code', file) : h('a', { href: page(found.slug) }, found.title);
}

function countsOf({ cases }: PageSummary) {
  const of = (outcome: Case['outcome']) => cases.filter((one) => one.held && one.outcome === outcome).length;
  return {
    true: of('true'),
    false: of('false') + of('invalid'),
    unverified: of('unverified'),
    suppressed: of('suppressed'),
  };
}

function toned(count: number, tone: string): Content {
  return count === 0 ? number(0) : h(`span.${tone}`, number(count));
}

function number(count: number): string {
  return String(count);
}

const outcomeWords: Record<Case['outcome'], WordKey> = {
  true: 'status.outcomeTrue',
  false: 'status.outcomeFalse',
  invalid: 'status.outcomeFalse',
  unverified: 'status.outcomeUnverified',
  suppressed: 'status.outcomeSuppressed',
};
const tones: Record<Case['outcome'], string> = {
  true: 'pl-good',
  false: 'pl-bad',
  invalid: 'pl-bad',
  unverified: 'pl-warn',
  suppressed: 'pl-muted',
};
/** More of them stand in the data alone: a page of thousands of rows opens for nobody. */
const mostCases = 400;
const mostReasons = 3;

type StatedContext = Pick<SiteContext, 'speech' | 'report' | 'pages' | 'page'>;
type PlacedCase = Case & { file: string };
