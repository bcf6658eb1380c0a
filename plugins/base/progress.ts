/** One line that is written over, only where it goes to a terminal. */
export function createProgress(stream: ProgressStream, what: string): Progress {
  if (stream.isTTY !== true) return { update: () => {}, done: () => {} };
  const write = (text: string) => stream.write(`\r\x1b[K${text.slice(0, (stream.columns || 80) - 1)}`);
  return { update: (done, total) => write(`${what}: ${done} of ${total}`), done: () => write('') };
}

interface ProgressStream {
  write(text: string): boolean;
  isTTY?: boolean;
  columns?: number;
}

export interface Progress {
  update(done: number, total: number): void;
  /** The line is gone. */
  done(): void;
}
