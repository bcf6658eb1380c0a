import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands for what a person has to write; the tests refuse it. */
export const blank = '…';

/** `fact-stale` → `factStale`. */
export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}

/** @throws Refused for a name that is not made of words with hyphens between them. */
export function requireKebabCase(name: string, example: string): void {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    throw new Refused(
      `\`${name}\` is no name in kebab-case`,
      `words in small letters with hyphens between them, such as ${example}`,
    );
}

/** A new file; what is there already is never written over. */
export function create(root: string, file: string, text: string): void {
  if (existsSync(join(root, file))) throw new Refused(`\`${file}\` is there already`, 'take another name');
  writeFileSync(join(root, file), text);
}

/**
 * @throws where the text that is to be replaced does not stand in the file: the script is out of step with
 * it.
 */
export function edit(root: string, file: string, from: RegExp, to: (match: string) => string): void {
  const text = readFileSync(join(root, file), 'utf8');
  if (!from.test(text)) throw new Error(`${file} has no ${from}: mend scripts/new`);
  writeFileSync(
    join(root, file),
    text.replace(from, (match) => to(match)),
  );
}

/** As `npm test` wants it. */
export function format(root: string, files: string[]): void {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  spawnSync(process.execPath, [biome, 'check', '--write', ...files], { cwd: root, stdio: 'ignore' });
}

/** The last line of the changelog's new things, under `Added` of what is not released yet. */
export function addToChangelog(root: string, line: string): void {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  // Up to the next release, whose own heading begins the same.
  const added = /## \[Unreleased\]\n(?:(?!\n## \[)[\s\S])*?### Added\n\n(?:- .*\n)*/;
  if (added.test(text)) edit(root, 'CHANGELOG.md', added, (match) => `${match}- ${line}\n`);
  else edit(root, 'CHANGELOG.md', /## \[Unreleased\]\n/, (match) => `${match}\n### Added\n\n- ${line}\n`);
}

/** A call that makes no sense. */
export class Refused extends Error {
  help: string | null;
  constructor(message: string, help: string | null = null) {
    super(message);
    this.help = help;
  }
}
