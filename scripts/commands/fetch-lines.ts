import type { Asked, FailedChart } from '../../plugins/engine/index.ts';
import type { AskedChart, LockedChart } from '../../plugins/source/index.ts';

/** `shop 1.4.2 of https://charts.example.com, asked for as 1.x`. */
export function chartLine(chart: LockedChart): string {
  const { asked, version, repository } = chart;
  const range = asked === version ? '' : `, asked for as ${asked ?? 'the newest'}`;
  return `${chart.chart} ${version} of ${repository}${range}`;
}

export function failureLines(failed: FailedChart): string {
  const { why, isOther, places } = failed;
  const help = isOther
    ? 'nothing of it is used; ask who moved it, and take it with `plumbline fetch --update`'
    : /\b(401|403|unauthorized|denied|forbidden)\b/i.test(why)
      ? 'Helm asks as you: `helm registry login HOST`, or `helm repo add NAME URL --username …`, then fetch again'
      : 'mend what is asked for, or try again where the server is to blame; what else was brought is kept';
  const what = isOther ? 'is not what was locked' : 'cannot be fetched';
  return `error: the chart \`${askedWords(failed)}\` of ${failed.repository} ${what}: ${why}\n${placeLines(places)}  help: ${help}\n`;
}

/** What `--check` prints. */
export function missingLines(missing: readonly Asked[], unused: readonly LockedChart[]): string {
  const lines = [
    ...missing.map((one) =>
      `missing  ${askedWords(one)} of ${one.repository}\n${placeLines(one.places)}`.trimEnd(),
    ),
    ...unused.map((one) => `unused   ${chartLine(one)}`),
  ];
  return lines.length === 0
    ? 'plumbline.lock says what the manifests ask for\n'
    : `${lines.join('\n')}\nplumbline.lock and the manifests differ: run \`plumbline fetch\`\n`;
}

function askedWords({ chart, asked }: AskedChart): string {
  return asked === null ? chart : `${chart} ${asked}`;
}

function placeLines(places: Asked['places']): string {
  const shown = places.slice(0, most).map(({ file, line }) => `  asked for at ${file}:${line}\n`);
  return [...shown, ...(places.length > most ? [`  and ${places.length - most} more\n`] : [])].join('');
}

const most = 3;
