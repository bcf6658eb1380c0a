/**
 * `npm run corpora`: what the rules say of whole public repositories, and of that what somebody judged.
 * Without names it reads the chosen ones (corpora/repositories.json) in the folder of checkouts.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Counts, countsOf } from './corpora/count.ts';
import { fetchedTables } from './corpora/fetched.ts';
import { measured } from './corpora/measure.ts';
import { checkoutOf, commandsOf, fetchAll, repositories } from './corpora/repositories.ts';
import { byRule, markdown, sample } from './corpora/tables.ts';

const usage = `usage: npm run corpora -- [--in FOLDER] [--format markdown|json] [--sample N] [--measure] [--fetch] [--charts DIR] [NAME|DIR…]
  NAME         a chosen repository, OWNER/NAME; none: all of them     DIR  any other checkout
  --in FOLDER  the folder of checkouts, FOLDER/OWNER/NAME; default: $PLUMBLINE_CORPORA, else ../shared/corpora
  --fetch      clones those that are missing; without it no network is reached
  --sample N   prints N diagnostics of each rule that corpora/judged.json does not judge yet
  --measure    prints files, verdicts, time and memory instead
  --charts DIR prints instead what is rendered before and after \`plumbline fetch\`, with charts of the bare Git
               repositories DIR/OWNER+NAME/repo in the place of those that are asked for; needs openssl
`;

process.exitCode = await main();

async function main(): Promise<number> {
  let given: ReturnType<typeof parse>;
  try {
    given = parse();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`);
    return 2;
  }
  const { values, positionals } = given;
  const words = positionals.length > 0 ? positionals : repositories.map(({ name }) => name);
  const missing = words.filter((word) => checkoutOf(word, values.in) === undefined);
  const known = repositories.filter(({ name }) => missing.includes(name));
  if (values.fetch) fetchAll(known, values.in);
  else if (missing.length > 0) {
    const commands = known.flatMap((repository) => commandsOf(repository, values.in));
    process.stderr.write(`not there: ${missing.join(', ')}\n`);
    for (const command of commands) process.stderr.write(`  ${command.join(' ')}\n`);
    process.stderr.write(commands.length > 0 ? '`--fetch` runs these\n' : usage);
    return 2;
  }
  const checkouts = words.flatMap((word) => checkoutOf(word, values.in) ?? []);
  if (values.measure) {
    process.stdout.write(measured(checkouts));
    return 0;
  }
  if (values.charts !== undefined) {
    process.stdout.write(`${fetchedTables(checkouts, resolve(values.charts))}\n`);
    return 0;
  }
  const all: Counts[] = [];
  for (const checkout of checkouts) {
    process.stderr.write(`▸ ${checkout.name}\n`);
    all.push(await countsOf(checkout));
  }
  if (values.sample !== undefined) process.stdout.write(`${sample(all, Number(values.sample))}\n`);
  else if (values.format === 'json')
    process.stdout.write(`${JSON.stringify({ rules: byRule(all), repositories: all }, null, 2)}\n`);
  else process.stdout.write(`${markdown(all)}\n`);
  return 0;
}

function parse() {
  return parseArgs({
    allowPositionals: true,
    options: {
      in: { type: 'string', default: process.env.PLUMBLINE_CORPORA ?? '../shared/corpora' },
      format: { type: 'string', default: 'markdown' },
      sample: { type: 'string' },
      measure: { type: 'boolean', default: false },
      fetch: { type: 'boolean', default: false },
      charts: { type: 'string' },
    },
  });
}
