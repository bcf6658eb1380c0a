import { watch } from 'chokidar';

/**
 * Says when files under the folders were written, came or went; those that come together are told together,
 * as editors and Git write several at once. The first, of none, says that from now on nothing is missed. Ends
 * with the signal.
 */
export async function* fileChanges(folders: string[], signal: AbortSignal): AsyncGenerator<string[]> {
  const watcher = watch(folders, {
    ignored: (path) => /[\\/](?:\.git|node_modules|\.cache)(?:[\\/]|$)/.test(path),
    ignoreInitial: true,
    followSymlinks: false,
  });
  const changed = new Set<string>();
  let wake = () => {};
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_event, path) => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => wake(), settle);
  });
  // What cannot be watched, such as a folder without permission, is not followed; the rest is.
  watcher.on('error', () => undefined);
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    await new Promise<void>((done) => watcher.once('ready', done));
    yield [];
    for (;;) {
      if (!signal.aborted && changed.size === 0) await new Promise<void>((done) => (wake = done));
      if (signal.aborted) return;
      const paths = [...changed].sort();
      changed.clear();
      if (paths.length > 0) yield paths;
    }
  } finally {
    clearTimeout(timer);
    await watcher.close();
  }
}

/** Milliseconds without a further change before the files are read. */
const settle = 50;
