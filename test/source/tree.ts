import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type Cache,
  type Config,
  loadConfig,
  readSources,
  type SourceFault,
  type Sources,
} from '../../plugins/source/index.ts';

/**
 * A folder with these files, removed with the run. A value that begins with `->` is a symbolic link.
 */
export function tree(files: Record<string, string | Buffer>): string {
  const root = realpathSync(mkdtempSync(join(process.env.PLUMBLINE_TREES ?? tmpdir(), 'tree-')));
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) symlinkSync(content.slice(2).trim(), target);
    else writeFileSync(target, content);
  }
  return root;
}

export async function read(
  root: string,
  options: { cache?: Cache } = {},
): Promise<Sources & { config: Config; diagnostics: SourceFault['diagnostic'][] }> {
  const config = await loadConfig({ root });
  const sources = await readSources(config, options);
  return { ...sources, config, diagnostics: sources.faults.map(({ diagnostic }) => diagnostic) };
}

/** Everything that is written under a folder, as one text. */
export function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}
