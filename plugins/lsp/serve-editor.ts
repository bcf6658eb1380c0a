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
import { digestOf } from '../base/index.ts';
import { complete } from './complete/index.ts';
import { type FoldersOptions, openFolders } from './folders.ts';
import { openTold } from './published.ts';
import { quickFixes } from './quick-fixes.ts';
import { absolute, pathOf, rangeOf, uriOf } from './ranges.ts';
import { showReading } from './show-reading.ts';
import { linkedResource, placesOf, resourceText, statedAt, statementText } from './stated-at.ts';

/**
 * Serves one editor by the Language Server Protocol until it closes the connection: faults as one types,
 * completion, hover, definitions and quick fixes, for pages in Markdown and drawings in D2. Nothing is
 * written: edits are the editor's.
 */
export function serveEditor(connection: Connection, options: EditorOptions): void {
  const documents = new TextDocuments(TextDocument);
  const uris = new Map<string, string>();
  const folders = openFolders({
    ...options,
    tell: openTold(connection, (path) => uris.get(path) ?? uriOf(path)),
    reading: (read) => {
      if (showsWork) void showReading(connection, read, options.patience).catch(() => undefined);
    },
    // Nobody has to answer it: not all editors can, which would end the server.
    notify: (message) =>
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }),
  });
  let [watches, snippets, opensFolders, showsWork] = [false, false, false, false];
  let settling: NodeJS.Timeout | undefined;
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
    if (opensFolders) connection.workspace.onDidChangeWorkspaceFolders(foldersChanged);
    const asked = watches && connection.client.register(DidChangeWatchedFilesNotification.type, everyFile);
    const isTold = await Promise.resolve(asked).catch(() => false);
    if (isTold === false) await folders.follow();
  });

  async function foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
    await folders.change(pathsOf(added), pathsOf(removed));
    for (const document of documents.all()) edited(document.uri, document.getText());
  }

  /** Files that the editor writes, or somebody beside it: those that come together are taken together. */
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
    // As the editor writes it.
    uris.set(path, uri);
    if (isServed(path)) folders.edit(path, text);
  }
  documents.onDidChangeContent(({ document }) => edited(document.uri, document.getText()));
  documents.onDidClose(({ document }) => edited(document.uri, null));

  connection.onCompletion(({ textDocument, position }) => {
    const held = heldAt(textDocument.uri);
    if (held === null) return null;
    const { document, path, engine } = held;
    const language = path.endsWith('.d2') ? 'd2' : 'markdown';
    const at = document.offsetAt(position);
    return complete(document.getText(), at, language, { engine, path, snippets });
  });

  connection.onHover(async ({ textDocument, position }) => {
    const found = await foundAt(textDocument.uri, position.line);
    if (found === null) return null;
    const { engine, line, report } = found;
    const linked = linkedResource(line, position, engine);
    if (linked) return { contents: { kind: 'markdown', value: resourceText(linked, engine) } };
    const verdict = report && statedAt(report, position);
    const value = verdict && statementText(verdict, engine);
    return verdict && value
      ? { contents: { kind: 'markdown', value }, range: rangeOf(verdict.statement.place) }
      : null;
  });

  connection.onDefinition(async ({ textDocument, position }) => {
    const found = await foundAt(textDocument.uri, position.line);
    if (found === null) return null;
    const { engine, line, report } = found;
    const linked = linkedResource(line, position, engine);
    const verdict = report && statedAt(report, position);
    const places = linked ? [linked.origin] : verdict ? placesOf(verdict) : [];
    const { root } = engine.platform.config;
    return places.map((place) => ({ uri: uriOf(absolute(place.file, root)), range: rangeOf(place) }));
  });

  connection.onCodeAction(async ({ textDocument: { uri }, range, context }) => {
    const found = await foundAt(uri, range.start.line);
    if (!found?.report || found.report.hash !== digestOf(found.document.getText())) return [];
    return quickFixes(found.report, range, { document: found.document, shown: context.diagnostics });
  });

  connection.onShutdown(async () => {
    clearTimeout(settling);
    await folders.close();
  });

  function heldAt(uri: string) {
    const [document, path] = [documents.get(uri), pathOf(uri)];
    const workspace = path === null ? undefined : folders.of(path);
    const engine = workspace?.engine();
    if (document === undefined || path === null || workspace === undefined || engine === undefined)
      return null;
    return { document, path, workspace, engine };
  }

  /** With what was found out about the text as it is now: places of an older one are not its. */
  async function foundAt(uri: string, line: number) {
    const held = heldAt(uri);
    if (held === null) return null;
    const { document, path, workspace, engine } = held;
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
    return { document, engine, line: text, report: await workspace.current(path) };
  }

  documents.listen(connection);
  connection.listen();
}

/** Where an editor has none open, where it was started. */
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
