import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { answerRequests } from './answer-requests.ts';
import { type FoldersOptions, openFolders } from './folders.ts';
import { openTold } from './published.ts';
import { pathOf, uriOf } from './ranges.ts';
import { showReading } from './show-reading.ts';

/**
 * Serves one editor by the Language Server Protocol until it closes the connection: faults as one types,
 * completion, hover, definitions and quick fixes, for pages in Markdown and drawings in D2. It writes no
 * file: all edits are the editor's.
 */
export function serveEditor(connection: Connection, options: EditorOptions): void {
  const documents = new TextDocuments(TextDocument);
  /** By path the address under which the editor knows a file, as it may write it in its own way. */
  const uris = new Map<string, string>();
  const folders = openFolders({
    ...options,
    tell: openTold(connection, (path) => uris.get(path) ?? uriOf(path)),
    reading: (read) => {
      if (showsWork) void showReading(connection, read, options.patience).catch(() => undefined);
    },
    // A notification and not a request: some editors cannot answer one, which would end the server.
    notify: (message) =>
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }),
  });
  let [watches, snippets, opensFolders, showsWork] = [false, false, false, false];
  let settling: NodeJS.Timeout | undefined;
  /** Files that were written since the folders were last told. */
  const written = new Set<string>();

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const { workspace: ofFiles, textDocument, window } = params.capabilities;
    watches = ofFiles?.didChangeWatchedFiles?.dynamicRegistration === true;
    opensFolders = ofFiles?.workspaceFolders === true;
    showsWork = window?.workDoneProgress === true;
    snippets = textDocument?.completion?.completionItem?.snippetSupport === true;
    await folders.change(foldersOf(params), []);
    return {
      serverInfo: { name: 'plumbline', version: options.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: [...':`{"\'./(#@ '] },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(async () => {
    folders.start();
    if (opensFolders)
      connection.workspace.onDidChangeWorkspaceFolders((change) => {
        // Nobody awaits it: a failure would end the server.
        foldersChanged(change).catch((error: unknown) => connection.console.error(options.describe(error)));
      });
    const asked = watches && connection.client.register(DidChangeWatchedFilesNotification.type, everyFile);
    const isTold = await Promise.resolve(asked).catch(() => false);
    if (isTold === false) await folders.follow();
  });

  async function foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
    await folders.change(pathsOf(added), pathsOf(removed));
    for (const document of documents.all()) edited(document.uri, document.getText());
  }

  // Written by the editor or by anything else; changes that come together are followed together.
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      const path = pathOf(uri);
      if (path !== null && !/[\\/](?:\.git|node_modules)[\\/]/.test(path)) written.add(path);
    }
    clearTimeout(settling);
    settling = setTimeout(() => {
      const paths = [...written];
      written.clear();
      if (paths.length > 0) folders.filesChanged(paths);
    }, settle);
  });

  function edited(uri: string, text: string | null): void {
    const path = pathOf(uri);
    if (path === null) return;
    uris.set(path, uri);
    if (isServed(path)) folders.edit(path, text);
  }
  documents.onDidChangeContent(({ document }) => edited(document.uri, document.getText()));
  documents.onDidClose(({ document }) => edited(document.uri, null));

  answerRequests(connection, { documents, folders, snippets: () => snippets });

  connection.onShutdown(async () => {
    clearTimeout(settling);
    await folders.close();
  });

  documents.listen(connection);
  connection.listen();
}

/** The open folders; without any the one that the server was started in. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const found = workspaceFolders?.length ? workspaceFolders : rootUri ? [{ uri: rootUri }] : [];
  const paths = pathsOf(found);
  return paths.length > 0 ? paths : [process.cwd()];
}

function pathsOf(folders: readonly { uri: string }[]): string[] {
  return folders.flatMap(({ uri }) => pathOf(uri) ?? []);
}

function isServed(path: string): boolean {
  return /\.(?:mdx?|d2)$/.test(path);
}

const everyFile = { watchers: [{ globPattern: '**/*' }] };

/** Milliseconds without a further change: Git and formatters write several files at once. */
const settle = 50;

interface EditorOptions extends Omit<FoldersOptions, 'tell' | 'notify' | 'reading'> {
  version: string;
  /** Milliseconds after which a reading is shown. */
  patience: number;
}
