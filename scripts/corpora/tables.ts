import { ruleNames } from '../../plugins/checks/index.ts';
import type { Counts, Judged, Tally } from './count.ts';
import { tally } from './count.ts';

/** By rule that fired: how often, how many of those somebody judged, and how. */
export function byRule(all: Counts[]): RuleRow[] {
  const found = all.flatMap(({ diagnostics }) => diagnostics);
  return ruleNames.flatMap((rule) => {
    const fired = found.filter((one) => one.rule === rule);
    if (fired.length === 0) return [];
    const judged = fired.filter(({ judgement }) => judgement !== undefined);
    const count = (word: Judged['judgement']) => judged.filter(({ judgement }) => judgement === word).length;
    const repositories = all.filter(({ rules }) => rules[rule] !== undefined).length;
    return [
      {
        ...{ rule, fired: fired.length, repositories, judged: judged.length },
        ...{ right: count('true'), arguable: count('arguable'), false: count('false') },
      },
    ];
  });
}

/** Two tables in Markdown: by rule, and by repository with a sum. */
export function markdown(all: Counts[]): string {
  const rules = byRule(all).map(({ rule, fired, repositories, judged, right, arguable, ...row }) => [
    ...[`\`${rule}\``, fired, repositories, judged, right, arguable, row.false],
    judged === 0 ? '' : `${Math.round((1000 * row.false) / judged) / 10} %`,
  ]);
  const sum = {
    pages: all.reduce((pages, one) => pages + one.pages, 0),
    rules: sumOf(all.map(({ rules: one }) => one)),
    unverified: sumOf(all.map(({ unverified }) => unverified)),
  };
  const row = (name: string, of: Pick<Counts, 'pages' | 'rules' | 'unverified'>) => [
    ...[name, of.pages, wordsOf(of.rules), wordsOf(of.unverified)],
  ];
  const repositories = [
    ...all.map((one) => row(`${one.name} \`${one.commit.replace(/^(\w{7})\w+/, '$1')}\``, one)),
    row('**all**', sum),
  ];
  return [
    table(['rule', 'fired', 'repositories', 'judged', 'true', 'arguable', 'false', 'false alarms'], rules),
    table(['repository', 'pages', 'diagnostics by rule', 'not verified by kind'], repositories),
  ].join('\n\n');
}

/**
 * So many diagnostics of each rule that nobody has judged, one a line, as `judged.json` names them. The order
 * is that of their fingerprints, which says nothing of what they are about: a sample that is the same for
 * everybody.
 */
export function sample(all: Counts[], size: number): string {
  const open = all
    .flatMap(({ name, diagnostics }) => diagnostics.map((one) => ({ name, ...one })))
    .filter(({ judgement }) => judgement === undefined)
    .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  return ruleNames
    .flatMap((rule) => open.filter((one) => one.rule === rule).slice(0, size))
    .map(({ name, fingerprint, rule, at, message }) => `${name} ${fingerprint} ${rule} ${at} ${message}`)
    .join('\n');
}

function sumOf(tallies: Tally[]): Tally {
  return tally(
    tallies.flatMap((one) => Object.entries(one).flatMap(([word, count]) => Array<string>(count).fill(word))),
  );
}

function wordsOf(counts: Tally): string {
  return Object.entries(counts)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
}

function table(head: string[], rows: (string | number)[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

interface RuleRow {
  rule: string;
  fired: number;
  /** In how many of them it fired. */
  repositories: number;
  judged: number;
  right: number;
  arguable: number;
  false: number;
}
