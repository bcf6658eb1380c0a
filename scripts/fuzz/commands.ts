import type { Terminal } from '../commands/common.ts';
import { run } from '../commands/main.ts';

/** The command line in this process, on a terminal that keeps what is written. */
export async function plumbline(args: string[]): Promise<Ran> {
  const parts = { stdout: [] as string[], stderr: [] as string[] };
  const keeping = (to: string[]) => ({
    write(text: string, done?: () => void) {
      to.push(text);
      done?.();
      return true;
    },
  });
  const terminal: Terminal = {
    stdout: keeping(parts.stdout),
    stderr: keeping(parts.stderr),
    env: { NO_COLOR: '1' },
  };
  await run(args, terminal);
  return {
    args,
    code: Number(terminal.exitCode ?? 0),
    stdout: parts.stdout.join(''),
    stderr: parts.stderr.join(''),
  };
}

export interface Ran {
  args: string[];
  code: number;
  stdout: string;
  stderr: string;
}

export type Runs = (...args: string[]) => Promise<Ran>;
