import { h } from 'hastscript';
import { compareText, uniqueBy } from '../../../base/index.ts';
import type { Diagnostic } from '../../../checks/index.ts';
import { type Content, listElement, withCode } from '../../../remark/index.ts';
import { type Speech, wordKey } from '../../../words/index.ts';
import { type GeneratedPage, generatedData } from '../generated-page.ts';
import { place, table } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { type Undeployed, undeployedList } from '../undeployed.ts';
import { byPage, byRule, openStatements, statedOn } from './statements.ts';

/**
 * `status/`: what was read and found true, what is wrong, what could not be known, and why; by page, by rule
 * and by reason.
 */
export function statusPage(context: SiteContext, undeployed: readonly Undeployed[]): GeneratedPage {
  const { report } = context;
  const { say } = context.speech;
  // What is only unknown stands in the first list.
  const ofManifests = report.diagnostics.filter(({ page, severity }) => page === null && severity !== 'info');
  const ofPages = report.diagnostics.filter(({ page }) => page !== null);
  return {
    id: 'status',
    data: {
      ...generatedData,
      title: say('whole.status'),
      description: say('status.description'),
    },
    body: [
      summary(context),
      say('status.asData', { data: `[facts.json](${context.file('facts.json')})` }),
      ...byPage(context),
      ...openStatements(context),
      ...(report.unverified.length === 0 ? [] : [`## ${say('status.notKnown')}`, ...unverified(context)]),
      ...(ofManifests.length === 0
        ? []
        : [`## ${say('status.inManifests')}`, ...faults(say('status.inManifests'), ofManifests, context)]),
      ...(ofPages.length === 0
        ? []
        : [
            `## ${say('status.inPages')}`,
            say('status.inPagesIntro'),
            ...faults(say('status.inPages'), ofPages, context),
          ]),
      ...(undeployed.length === 0
        ? []
        : [`## ${say('undeployed.title')}`, ...undeployedList(undeployed, context)]),
      ...byRule(context),
      ...statedOn(context),
    ].join('\n\n'),
  };
}

function summary({ platform, report, pages, speech: { say } }: SiteContext): string {
  const { model } = platform;
  const { pages: _, ...statements } = report.checked;
  const words = Object.entries(statements).flatMap(([what, count]) => {
    const key = wordKey(`statement.${what}`);
    return count > 0 && key !== undefined ? [say(key, { count })] : [];
  });
  const resources = say('number.resource', { count: model.resources.length });
  const shown = { pages: say('number.page', { count: pages.length }), statements: words.join(', ') };
  return [
    model.commit === null
      ? say('status.made', { resources })
      : say('status.madeAt', { resources, commit: `\`${model.commit}\`` }),
    ...(pages.length === 0
      ? []
      : [say(words.length === 0 ? 'status.nothingStated' : 'status.stated', shown)]),
    say('status.listed'),
  ].join(' ');
}

function unverified(context: SiteContext): string[] {
  const { say } = context.speech;
  const same = Map.groupBy(context.report.unverified, ({ kind, what, why }) => `${kind}\0${what}\0${why}`);
  const all = [...same].sort(([a], [b]) => compareText(a, b));
  return [
    say('status.notVerifiedIntro'),
    ...cut(
      all.flatMap(([, ones], index) => {
        const [first] = ones;
        if (first === undefined) return [];
        const places = uniqueBy(
          ones.flatMap(({ origin }) => origin ?? []),
          ({ file, line }) => `${file}:${line}`,
        );
        const shown = places.slice(0, mostPlaces).map((at): Content => place(at, context));
        const rest = places.length - shown.length;
        return [
          {
            id: `unverified-${index}`,
            cells: [
              first.what,
              withCode(first.why),
              listElement(rest > 0 ? [...shown, say('names.andMore', { count: rest })] : shown),
            ] satisfies Content[],
          },
        ];
      }),
      context.speech,
      (rows) =>
        table(
          {
            view: 'unverified',
            caption: say('status.notKnown'),
            isTitled: true,
            columns: [
              { name: 'what', label: say('status.what') },
              { name: 'why', label: say('status.why') },
              { name: 'origin', label: say('resource.source') },
            ],
            rows,
          },
          context.speech,
        ),
    ),
  ];
}

function faults(caption: string, diagnostics: readonly Diagnostic[], context: SiteContext): string[] {
  const { say } = context.speech;
  return cut(
    diagnostics.map(({ severity, rule, message, page, sources, fingerprint }) => {
      const at = page ?? sources[0];
      return {
        id: fingerprint,
        cells: [
          h('span', { className: severity === 'error' ? 'pl-bad' : 'pl-warn' }, say(`status.${severity}`)),
          h('code', rule),
          withCode(message),
          at === undefined || at.file === '' ? '' : place(at, context),
        ] satisfies Content[],
      };
    }),
    context.speech,
    (rows) =>
      table(
        {
          view: 'faults',
          caption,
          isTitled: true,
          columns: [
            { name: 'severity', label: say('status.severity') },
            { name: 'rule', label: say('column.rule') },
            { name: 'message', label: say('status.says') },
            { name: 'origin', label: say('status.where') },
          ],
          rows,
        },
        context.speech,
      ),
  );
}

/** The first of many rows; the command line prints all. */
function cut<Row>(rows: Row[], { say }: Speech, shown: (rows: Row[]) => string): string[] {
  const rest = rows.length - longestTable;
  return [
    shown(rows.slice(0, longestTable)),
    ...(rest > 0 ? [say('status.more', { count: rest, command: '`plumbline check`' })] : []),
  ];
}

const longestTable = 300;
/** Of one thing that is asked for at many. */
const mostPlaces = 3;
