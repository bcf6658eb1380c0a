/**
 * `npm run new THING NAME`: begins something that the project has many of, at the place where its kind lives,
 * with its row in its table. What it writes compiles; the tests say what is still to be written.
 */
import { join } from 'node:path';
import { newRule } from './new/rule.ts';
import { Refused } from './new/write.ts';

const root = join(import.meta.dirname, '..');

/** What can be made, by the word for it: how it is called, and what makes it. */
const things: Record<string, Thing> = {
  rule: { usage: 'rule NAME [page|manifests]', make: newRule },
};

const [thing = '', ...args] = process.argv.slice(2);
const known = Object.hasOwn(things, thing) ? things[thing] : undefined;
try {
  if (!known) throw new Refused(thing === '' ? 'new what?' : `nothing is called \`${thing}\` here`);
  const { written, next } = known.make(root, args);
  const lines = [...written.map((file) => `  wrote  ${file}`), '', ...next];
  process.stdout.write(`${lines.join('\n')}\n`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  const usages = (known ? [known] : Object.values(things)).map(({ usage }) => `npm run new ${usage}`);
  process.stderr.write(`error: ${error.message}\n  help: ${error.help ?? usages.join('\n        ')}\n`);
  process.exitCode = 2;
}

interface Thing {
  usage: string;
  /** @throws Refused where the arguments make no sense. */
  make(root: string, args: string[]): { written: string[]; next: string[] };
}
