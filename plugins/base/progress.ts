/**
 * A line at the foot of a terminal that is written over; of several the last that was begun is shown. What
 * others write meanwhile comes above it.
 * @param beside where else they write: a process has two ways to one terminal.
 */
export function createProgress(
  stream: ProgressStream,
  what: string,
  beside: readonly ProgressStream[] = [],
): Progress {
  if (stream.isTTY !== true) return { update: () => {}, done: () => {} };
  const foot = feet.get(stream) ?? footOf(stream);
  feet.set(stream, foot);
  const own = {};
  return {
    update: (done, total) => {
      for (const one of [stream, ...beside]) if (one.isTTY === true) foot.keepBelow(one);
      foot.show(own, `${what}: ${done} of ${total}`);
    },
    done: () => foot.show(own, null),
  };
}

/** One for all lines of a terminal. */
const feet = new WeakMap<ProgressStream, Foot>();

function footOf(stream: ProgressStream): Foot {
  const lines = new Map<object, string>();
  const kept = new Map<ProgressStream, ProgressStream['write']>();
  let isDrawn = false;
  /** Whether others have begun a line that they have not ended. */
  let isBegun = false;
  const raw = (text: string) => (kept.get(stream) ?? stream.write).call(stream, text);
  const take = () => {
    if (isDrawn) raw('\r\x1b[K');
    isDrawn = false;
  };
  const draw = () => {
    const text = [...lines.values()].at(-1);
    take();
    if (text === undefined || isBegun) return;
    raw(text.slice(0, (stream.columns || 80) - 1));
    isDrawn = true;
  };
  return {
    show(of, text) {
      // An error may end the process before it is done.
      if (lines.size === 0) process.once('exit', take);
      if (text === null) lines.delete(of);
      else lines.set(of, text);
      draw();
      if (lines.size > 0) return;
      process.off('exit', take);
      for (const [one, write] of kept) one.write = write;
      kept.clear();
      isBegun = false;
    },
    keepBelow(one) {
      if (kept.has(one)) return;
      const { write } = one;
      kept.set(one, write);
      one.write = (...given) => {
        take();
        const isRoom = write.apply(one, given);
        isBegun = !endsLine(given[0], isBegun);
        draw();
        return isRoom;
      };
    },
  };
}

function endsLine(written: string | Uint8Array, isBegun: boolean): boolean {
  if (written.length === 0) return !isBegun;
  return written.at(-1) === (typeof written === 'string' ? '\n' : 10);
}

interface Foot {
  /** @param of whose line it is; null takes it away. */
  show(of: object, text: string | null): void;
  /** Keeps what is written there above the line. */
  keepBelow(stream: ProgressStream): void;
}

interface ProgressStream {
  // As Node's streams take more than text.
  write(text: string | Uint8Array, ...rest: never[]): boolean;
  isTTY?: boolean;
  columns?: number;
}

export interface Progress {
  update(done: number, total: number): void;
  /** The line is gone. */
  done(): void;
}
