import { ConfigError } from '../source/index.ts';
import { openPublished, type Tell } from './published.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/**
 * A repository that an editor has open: what is found out about it is told to the editor.
 * @param isOwn whether it is the one that tells of a file.
 */
export function openRepository(
  root: string,
  isOwn: (path: string) => boolean,
  options: RepositoryOptions,
): Repository {
  const closed = new AbortController();
  const published = openPublished((path, found) => {
    if (closed.signal.aborted || isOwn(path)) options.tell(path, found);
  });
  let failure: string | undefined;
  const workspace: Workspace = openWorkspace({
    root,
    docs: options.docs,
    cache: options.cache,
    onReading: options.reading,
    onPage: (path, report) => {
      const engine = workspace.engine();
      if (engine) published.page(path, report, engine);
    },
    onPlatform: (engine) => {
      failure = undefined;
      published.platform(engine);
    },
    onFailure: (error) => {
      if (error instanceof ConfigError) published.config(error);
      const message = options.describe(error);
      if (message !== failure) options.notify(message);
      failure = message;
    },
  });
  return {
    root,
    workspace,
    closed: closed.signal,
    async close() {
      closed.abort();
      await workspace.close();
      published.clear();
    },
  };
}

export interface Repository {
  root: string;
  workspace: Workspace;
  closed: AbortSignal;
  /** Nothing is told of it any more. */
  close(): Promise<void>;
}

export interface RepositoryOptions {
  docs: string | undefined;
  cache: boolean;
  tell: Tell;
  /** Manifests are read until then. */
  reading(read: Promise<void>): void;
  /** Shows a failure to whoever edits. */
  notify(message: string): void;
  /** A failure in the words of the command line. */
  describe(error: unknown): string;
}
