import { firstOf } from '../../plugins/base/index.ts';
import type { UrlExplanation } from '../../plugins/engine/index.ts';
import type { Place } from '../../plugins/source/index.ts';
import { UsageError } from './exit-failure.ts';
import { visible } from './print-lines.ts';

/** How many other rules are named. */
const shownRules = 8;

/** The way of a request, a line for each step, with the line of the file that says so. */
export function describeUrl(explanation: UrlExplanation): string {
  const { url, method, host, port, answers, unverified } = explanation;
  const rows: Row[] = [['host', `${host}, port ${port}`]];
  if (answers.length === 0) {
    rows.push(['answer', `none: no listener and no Ingress of this repository takes the host`]);
  }
  if (answers.length > 1)
    rows.push(['', `${answers.length} entries take it: which one it reaches is its DNS record's to say`]);
  for (const answer of answers) rows.push(...answerRows(answer));
  if (explanation.nearest.length > 0) rows.push(['nearest', explanation.nearest.join(', ')]);
  if (unverified.length > 0)
    rows.push(['unverified', `what is not read may have routes of its own: ${firstOf(unverified, 4)}`]);
  let last = '';
  const lines = rows.map(([name, text]) => {
    const shown = name === last ? '' : name;
    last = name;
    return `  ${shown.padEnd(12)} ${visible(text)}`;
  });
  return `${[visible(`${method} ${url}`), ...lines].join('\n')}\n`;
}

function answerRows(answer: Answer): Row[] {
  const { gateway, ingressClass, listener, route, backends, lost } = answer;
  const rows: Row[] = [];
  if (gateway !== null && listener !== null) {
    const { name, protocol, port, hostname, isPortOther, origin, of, why } = listener;
    rows.push([
      'gateway',
      `${gateway}${of === gateway ? '' : `, ${of}`}, listener ${name}: ${protocol} ${port}, ${hostname ?? 'every host'}${at(origin)}`,
    ]);
    if (isPortOther)
      rows.push([
        '',
        `no listener has the port of the URL: something before the Gateway must lead to ${port}`,
      ]);
    if (why !== null) rows.push(['not known', why]);
  } else rows.push(['ingress', ingressClass === '' ? 'of no class' : `of class ${ingressClass}`]);
  if (route !== null)
    rows.push(['route', `${route.reference}, rule ${route.rule + 1}: ${route.match}${at(route.origin)}`]);
  for (const backend of backends) {
    const share =
      backend.share > 0 && backend.share < 1
        ? `, ${Math.round(backend.share * 1000) / 10} % of requests`
        : '';
    const why =
      backend.resolved === true || backend.why === null
        ? ''
        : `: ${backend.resolved === false ? '' : 'not verified, '}${backend.why}`;
    rows.push([
      'service',
      `${backend.service} port ${backend.port ?? 'none'}${share}${at(backend.origin)}${why}`,
    ]);
    for (const workload of backend.workloads ?? []) {
      const port = workload.port === null ? 'no container has a port of that name' : `port ${workload.port}`;
      const container = workload.container === null ? '' : `container ${workload.container}, `;
      rows.push(['workload', `${workload.reference}, ${container}${port}${at(workload.origin)}`]);
    }
    if (backend.workloads?.length === 0) rows.push(['workload', 'none that is in the repository']);
  }
  rows.push(['answer', answerWords(answer)]);
  for (const one of lost.slice(0, shownRules))
    rows.push(['not', `${one.reference}, rule ${one.rule + 1} (${one.match}): ${one.why}${at(one.origin)}`]);
  if (lost.length > shownRules) rows.push(['not', `and ${lost.length - shownRules} more`]);
  return rows;
}

function answerWords({ is, status, location, why, backends, failing }: Answer): string {
  if (is === 'redirects') return `${status}, to ${location}`;
  if (is === 'fails') return `${status ?? 'no connection'}: ${why}`;
  if (is === 'not found') return `${status ?? 'no connection'}: ${why}`;
  if (is === 'undetermined') return `not known: ${why}`;
  const share = failing > 0 ? `, and 500 for ${Math.round(failing * 1000) / 10} % of requests` : '';
  return `${backends.map(({ service }) => service).join(', ')}${share}`;
}

/**
 * What `--url` names. @throws UsageError where it is no address of HTTP.
 */
export function urlOf(text: string): URL {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) throw new UsageError(`\`${text}\` is no URL`, 'write `--url https://host/path`');
  const url = new URL(whole);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`\`${text}\` is no URL of HTTP`, 'write `--url https://host/path`');
  return url;
}

/** `Name: value` of each. @throws UsageError where one is not of that form. */
export function headersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf(':');
      if (at < 1) throw new UsageError(`\`${one}\` is no header`, "write `--header 'Name: value'`");
      return [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    }),
  );
}

/** 1 where surely nothing answers; 3 where that is not known, and `strict` asks for certainty. */
export function exitCodeOf({ answers, unverified }: UrlExplanation, strict: boolean): number {
  const isGood = answers.some(
    ({ is, backends }) =>
      is === 'redirects' || (is === 'answers' && backends.some(({ resolved }) => resolved === true)),
  );
  if (isGood) return 0;
  const isOpen = unverified.length > 0 || answers.some(({ is }) => is === 'undetermined' || is === 'answers');
  return isOpen ? (strict ? 3 : 0) : 1;
}

function at(place: Place | null): string {
  return place === null ? '' : ` (${place.file}:${place.line})`;
}

type Answer = UrlExplanation['answers'][number];
type Row = [string, string];
