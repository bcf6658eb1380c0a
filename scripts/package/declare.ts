import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';

/**
 * Writes the types of the entries and of what they name, and of nothing else: the rest is no interface.
 * The compiler leaves `.ts` in the imports of declarations, where a consumer has `.js`.
 * @param entries modules by their paths from the root.
 * @throws with what the compiler says of one of them.
 */
export async function declare(root: string, target: string, entries: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-types-'));
  try {
    const said = await tsc(root, folder);
    const modules = reached(folder, entries);
    const faults = said.split('\n').filter((line) => modules.some((module) => line.startsWith(`${module}(`)));
    if (faults.length > 0) throw new Error(`The types of the package cannot be told:\n${faults.join('\n')}`);
    for (const module of modules) {
      const file = declarationOf(module);
      mkdirSync(dirname(join(target, file)), { recursive: true });
      writeFileSync(join(target, file), textOf(folder, module).replaceAll(relativeImport, "from '$1.js'"));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The entries and all that their declarations import, as paths of modules. */
function reached(folder: string, entries: string[]): string[] {
  const modules = new Set(entries.map((entry) => posix.normalize(entry)));
  for (const module of modules)
    for (const [, path = ''] of textOf(folder, module).matchAll(relativeImport))
      modules.add(`${posix.join(posix.dirname(module), path)}.ts`);
  return [...modules];
}

function textOf(folder: string, module: string): string {
  return readFileSync(join(folder, declarationOf(module)), 'utf8');
}

function declarationOf(module: string): string {
  return module.replace(/\.ts$/, '.d.ts');
}

/** What the compiler prints. */
function tsc(root: string, folder: string): Promise<string> {
  const program = join(root, 'node_modules/typescript/bin/tsc');
  const words = [program, '-p', 'tsconfig.package.json', '--pretty', 'false', '--outDir', folder];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: root }, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`.trim() || (error?.message ?? '')),
    );
  });
}

const relativeImport = /from '(\.[^']*)\.ts'/g;
