import { h } from 'hastscript';
import { compareText, counted, uniqueBy } from '../../base/index.ts';
import type { Diagnostic } from '../../checks/index.ts';
import { type Content, listElement, withCode } from '../../remark/index.ts';
import { type GeneratedPage, generatedData } from '../pages/generated-page.ts';
import { place, table } from '../pages/html.ts';
import { type Undeployed, undeployedList } from './undeployed.ts';
import type { WholeContext } from './whole-context.ts';

/** `status/`: what was read and found true, what is wrong, what could not be known, and why. */
export function statusPage(context: WholeContext, undeployed: readonly Undeployed[]): GeneratedPage {
  const { report } = context;
  // What is only unknown stands in the first list.
  const ofManifests = report.diagnostics.filter(({ page, severity }) => page === null && severity !== 'info');
  const ofPages = report.diagnostics.filter(({ page }) => page !== null);
  return {
    id: 'status',
    data: {
      ...generatedData,
      title: 'Status',
      description: 'What was verified, what was found wrong, and what could not be known.',
    },
    body: [
      summary(context),
      ...(report.unverified.length === 0 ? [] : ['## Not verified', ...unverified(context)]),
      ...(ofManifests.length === 0
        ? []
        : ['## Found in the manifests', ...faults('Found in the manifests', ofManifests, context)]),
      ...(ofPages.length === 0
        ? []
        : [
            '## Found in the pages',
            'What the Markdown of the repository says, and the manifests or the files do not.',
            ...faults('Found in the pages', ofPages, context),
          ]),
      ...(undeployed.length === 0 ? [] : ['## Nothing here deploys', ...undeployedList(undeployed, context)]),
    ].join('\n\n'),
  };
}

function summary({ platform, report, pages }: WholeContext): string {
  const { model } = platform;
  const { pages: _, ...statements } = report.checked;
  const checked = Object.entries(statements).filter(([, count]) => count > 0);
  const words = checked.map(([what, count]) => counted(count, what.replace(/s$/, ''), what));
  const at = model.commit === null ? '' : ` at commit \`${model.commit}\``;
  return [
    `This site was made from ${counted(model.resources.length, 'resource')}${at}.`,
    pages.length === 0
      ? ''
      : `On ${counted(pages.length, 'page')} of the repository ${words.length === 0 ? 'nothing is stated that could be checked' : `${words.join(', ')} were held against it`}.`,
    'What could not be known is listed, never left out in silence: a chart that lies elsewhere, a generator that asks a cluster.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function unverified(context: WholeContext): string[] {
  const same = Map.groupBy(context.report.unverified, ({ kind, what, why }) => `${kind}\0${what}\0${why}`);
  const all = [...same].sort(([a], [b]) => compareText(a, b));
  return [
    'These need a network, a cluster, or a file that is not there. What they would add is unknown, and no statement that they could change is called true.',
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
              listElement(rest > 0 ? [...shown, `and ${rest} more`] : shown),
            ] satisfies Content[],
          },
        ];
      }),
      (rows) =>
        table({
          view: 'unverified',
          caption: 'Not verified',
          columns: [
            { name: 'what', label: 'What' },
            { name: 'why', label: 'Why' },
            { name: 'origin', label: 'Source' },
          ],
          rows,
        }),
    ),
  ];
}

function faults(caption: string, diagnostics: readonly Diagnostic[], context: WholeContext): string[] {
  return cut(
    diagnostics.map(({ severity, rule, message, page, sources, fingerprint }) => {
      const at = page ?? sources[0];
      return {
        id: fingerprint,
        cells: [
          h('span', { className: severity === 'error' ? 'pl-bad' : 'pl-warn' }, severity),
          h('code', rule),
          withCode(message),
          at === undefined || at.file === '' ? '' : place(at, context),
        ] satisfies Content[],
      };
    }),
    (rows) =>
      table({
        view: 'faults',
        caption,
        columns: [
          { name: 'severity', label: 'Severity' },
          { name: 'rule', label: 'Rule' },
          { name: 'message', label: 'Says' },
          { name: 'origin', label: 'Where' },
        ],
        rows,
      }),
  );
}

/** The first of many rows; the command line prints all. */
function cut<Row>(rows: Row[], shown: (rows: Row[]) => string): string[] {
  const rest = rows.length - longestTable;
  return [
    shown(rows.slice(0, longestTable)),
    ...(rest > 0 ? [`${rest} more are listed by \`plumbline check\`.`] : []),
  ];
}

const longestTable = 300;
/** Of one thing that is asked for at many. */
const mostPlaces = 3;
