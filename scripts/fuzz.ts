/**
 * `npm run fuzz`: seeded inputs, one or a few in a tiny repository, through the real commands. Says what
 * crashed, hung, leaked, was written or differed, as small as it gets, and how to see it again.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { campaign, type NumberedFind } from './fuzz/campaign.ts';
import { kinds } from './fuzz/kinds.ts';
import { writeFiles } from './fuzz/repository.ts';

const usage = `usage: npm run fuzz -- [--count N] [--seed N] [--kind KIND] [--at N] [--often N] [--keep DIR] [--limit SECONDS]
  --count N   inputs, 1000 by default        --seed N  another seed has other inputs; 1 by default
  --kind KIND ${Object.keys(kinds).join(', ')}
  --at N      only this repository; with --count, from this one on
  --often N   tries more than \`check\` so many times as often: 10 is nearly always
  --keep DIR  writes the repository of each find there     --limit  for one command, 60 by default
`;

process.exitCode = await main();

async function main(): Promise<number> {
  let values: ReturnType<typeof parse>;
  try {
    values = parse();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`);
    return 2;
  }
  const [seed, from] = [Number(values.seed), Number(values.at ?? 0)];
  const count = Number(values.count ?? (values.at === undefined ? 1000 : 1));
  const often = Number(values.often);
  const { kind, keep } = values;
  if (
    ![seed, from, count, often].every(Number.isSafeInteger) ||
    (kind !== undefined && !Object.hasOwn(kinds, kind))
  ) {
    process.stderr.write(usage);
    return 2;
  }
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  let told = 0;
  const onFind = (find: NumberedFind) => {
    const again = `npm run fuzz -- --seed ${seed} --at ${find.number}${kind === undefined ? '' : ` --kind ${kind}`}${often === 1 ? '' : ` --often ${often}`}`;
    process.stdout.write(
      `✗ ${find.oracle} (${find.inputs.join(', ')}): ${find.detail}\n${shown(find)}  again: ${again}\n\n`,
    );
    if (keep !== undefined) writeFiles(join(keep, `${seed}-${find.number}-${find.oracle}`), find.files);
  };
  const outcome = await campaign({
    project: join(import.meta.dirname, '..'),
    seed,
    from,
    count,
    kind,
    often,
    limit: Number(values.limit) * 1000,
    onFind,
    onBegin: (inputs) => {
      if (Math.floor(inputs / 500) > told) process.stderr.write(`${500 * ++told} inputs …\n`);
    },
  });
  const { user, system } = process.cpuUsage(cpu);
  const shares = Object.entries(outcome.kinds).toSorted(([, a], [, b]) => b - a);
  process.stdout.write(
    `${outcome.inputs} inputs in ${outcome.repositories} repositories of seed ${seed} (${shares.map(([name, many]) => `${name} ${many}`).join(', ')}): ${outcome.finds.length} finds\n` +
      `${((performance.now() - start) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s CPU without engines; slowest: ${outcome.slowest
        .map(
          ({ number, inputs, milliseconds }) =>
            `${number} (${inputs.join(', ')}) ${(milliseconds / 1000).toFixed(1)} s`,
        )
        .join(', ')}\n`,
  );
  return outcome.finds.length === 0 ? 0 : 1;
}

/** The files of a find, cut where they are long. */
function shown({ files }: NumberedFind): string {
  return Object.entries(files)
    .map(([path, content]) => {
      const text =
        typeof content === 'string'
          ? content
          : 'link' in content
            ? `→ ${content.link}`
            : content.toString('latin1');
      const lines = JSON.stringify(text.length > 600 ? `${text.slice(0, 600)}…` : text);
      return `  ${JSON.stringify(path)}: ${lines}\n`;
    })
    .join('');
}

function parse() {
  return parseArgs({
    options: {
      count: { type: 'string' },
      seed: { type: 'string', default: '1' },
      kind: { type: 'string' },
      at: { type: 'string' },
      keep: { type: 'string' },
      often: { type: 'string', default: '1' },
      limit: { type: 'string', default: '60' },
    },
  }).values;
}
