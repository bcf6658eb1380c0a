import { existsSync } from 'node:fs';
import { isInside } from '../../plugins/base/index.ts';
import type { Engine, Report } from '../../plugins/engine/index.ts';
import { changes } from '../../plugins/report/index.ts';
import { summary } from '../../plugins/report/summary-line.ts';
import type { ReporterIo } from '../../plugins/report/types.ts';
import { print, type Terminal, tell } from './common.ts';
import { describeFailure } from './exit-failure.ts';
import { fileChanges } from './watch-files.ts';

/**
 * Checks again whenever a file of the repository changes, and prints what is otherwise than the time before.
 * A configuration that does not read is told once, and costs nothing else: the next change may mend it.
 * @throws where the repository is gone, of which nothing more would be told.
 */
export async function watchCheck({ engine, judge, first, color, terminal }: Watched): Promise<void> {
  const { root, docs } = engine.platform.config;
  const folders = isInside(root, docs) ? [root] : [root, docs];
  let last = first;
  let failure: string | undefined;
  for await (const paths of fileChanges(folders, terminal.stop ?? new AbortController().signal)) {
    try {
      await engine.reload();
      const { found, io } = await judge();
      const told = changes(last, found, { ...io, color });
      const sum = summary(found, color);
      // What was added, and is true, is told by its number.
      const isSilent = told === '' && sum === summary(last, color);
      last = found;
      // What was edited between the report and now.
      if (paths.length === 0) tell('watching for changes\n', terminal);
      else if (failure !== undefined) tell('\nread again\n', terminal);
      if (!isSilent || failure !== undefined)
        await print(`\n${told || `${sum}\n`}`, terminal, color ? 'coloured' : 'text');
      failure = undefined;
    } catch (error) {
      if (!existsSync(root)) throw error;
      const words = describeFailure(error);
      if (words !== failure) tell(`\n${words}`, terminal);
      failure = words;
    }
  }
}

interface Watched {
  engine: Engine;
  judge(): Promise<{ found: Report; io: Omit<ReporterIo, 'color'> }>;
  /** What was printed already. */
  first: Report;
  color: boolean;
  terminal: Terminal;
}
