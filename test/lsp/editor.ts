import { basename, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type CompletionList,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type Location,
  ProposedFeatures,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serveEditor } from '../../plugins/lsp/index.ts';
import { rootAbove } from '../../scripts/commands/root-above.ts';
import { fileChanges } from '../../scripts/commands/watch-files.ts';

/**
 * An editor that has a folder open: it speaks the protocol to a server in this process.
 * @param how.isPlain one that tells nothing of files and knows no snippets.
 * @param how.beside folders that it has open, too. Their files are named by absolute paths.
 */
export async function openEditor(root: string, { isPlain = false, beside = [] }: How = {}): Promise<Editor> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const [messages, shown]: [string[], string[]] = [[], []];
  serveEditor(createConnection(ProposedFeatures.all, there, back), {
    version: '0',
    docs: undefined,
    cache: true,
    rootOf: (folder) => resolve(folder, rootAbove(folder)),
    patience: 0,
    describe: String,
    fileChanges,
  });
  const client = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const told = new Map<string, Diagnostic[]>();
  const waiting = new Set<() => void>();
  client.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      told.set(uri, diagnostics);
      for (const check of waiting) check();
    },
  );
  client.onNotification('window/showMessage', ({ message }: { message: string }) => {
    messages.push(message);
  });
  client.onRequest('client/registerCapability', () => null);
  client.onRequest('window/workDoneProgress/create', () => null);
  client.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
    shown.push(value.kind);
  });
  client.listen();
  const { capabilities } = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: pathToFileURL(root).href,
    ...(isPlain ? {} : { workspaceFolders: [root, ...beside].map(folderAt) }),
    capabilities: isPlain
      ? {}
      : {
          window: { workDoneProgress: true },
          workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
          textDocument: { completion: { completionItem: { snippetSupport: true } } },
        },
  });
  await client.sendNotification('initialized', {});
  const texts = new Map<string, { version: number; text: string }>();
  const uriOf = (file: string) => pathToFileURL(resolve(root, file)).href;

  return {
    client,
    capabilities,
    messages,
    shown,
    async open(file, text) {
      texts.set(file, { version: 1, text });
      const document = { uri: uriOf(file), languageId: 'markdown', version: 1, text };
      await client.sendNotification('textDocument/didOpen', { textDocument: document });
    },
    async type(file, text) {
      const version = (texts.get(file)?.version ?? 0) + 1;
      texts.set(file, { version, text });
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(file), version },
        contentChanges: [{ text }],
      });
    },
    close: (file) => client.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(file) } }),
    saved: (...files) =>
      client.sendNotification('workspace/didChangeWatchedFiles', {
        changes: files.map((file) => ({ uri: uriOf(file), type: 2 })),
      }),
    folders: (added, removed) =>
      client.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: added.map(folderAt), removed: removed.map(folderAt) },
      }),
    told(file, isThis) {
      return new Promise((done, fail) => {
        const limit = setTimeout(
          () => fail(new Error(`of ${file} was told: ${JSON.stringify(told.get(uriOf(file)) ?? null)}`)),
          30_000,
        );
        const check = () => {
          const found = told.get(uriOf(file)) ?? [];
          if (!isThis(found)) return;
          waiting.delete(check);
          clearTimeout(limit);
          done(found);
        };
        waiting.add(check);
        check();
      });
    },
    async ask(method, file, mark, more = {}) {
      const { text = '' } = texts.get(file) ?? {};
      const [before = ''] = text.split(mark);
      const lines = before.split('\n');
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      return client.sendRequest(`textDocument/${method}`, {
        textDocument: { uri: uriOf(file) },
        position,
        range: { start: position, end: position },
        ...more,
      });
    },
    async leave() {
      await client.sendRequest('shutdown');
      client.dispose();
    },
  };
}

function folderAt(path: string): { uri: string; name: string } {
  return { uri: pathToFileURL(path).href, name: basename(path) };
}

interface How {
  isPlain?: boolean;
  beside?: string[];
}

interface Editor {
  client: ProtocolConnection;
  capabilities: InitializeResult['capabilities'];
  /** What it was shown in a box. */
  messages: string[];
  /** What it showed of work that goes on. */
  shown: string[];
  open(file: string, text: string): Promise<void>;
  type(file: string, text: string): Promise<void>;
  close(file: string): Promise<void>;
  /** Files were written on disk. */
  saved(...files: string[]): Promise<void>;
  /** Folders are opened and closed. */
  folders(added: string[], removed: string[]): Promise<void>;
  /** Waits until what is told of a file is so. */
  told(file: string, isThis: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  /** A request with the cursor before the first `mark` of the text. */
  ask<M extends keyof Answers>(method: M, file: string, mark: string, more?: object): Promise<Answers[M]>;
  leave(): Promise<void>;
}

interface Answers {
  completion: CompletionList | null;
  hover: Hover | null;
  definition: Location[] | null;
  codeAction: CodeAction[];
}
