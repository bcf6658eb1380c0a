import { resolve } from 'node:path';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { digestOf, isInside } from '../base/index.ts';
import { ConfigError } from '../source/index.ts';
import { complete } from './complete/index.ts';
import { openPublished } from './published.ts';
import { quickFixes } from './quick-fixes.ts';
import { absolute, pathOf, rangeOf, uriOf } from './ranges.ts';
import { linkedResource, placesOf, resourceText, statedAt, statementText } from './stated-at.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/**
 * Serves one editor by the Language Server Protocol until it closes the connection: faults as one types,
 * completion, hover, definitions and quick fixes, for pages in Markdown and drawings in D2. Nothing is
 * written: edits are the editor's.
 */
export function serveEditor(connection: Connection, options: EditorOptions): void {
  const documents = new TextDocuments(TextDocument);
  const uris = new Map<string, string>();
  const published = openPublished(connection, (path) => uris.get(path) ?? uriOf(path));
  let workspace: Workspace | undefined;
  let root = process.cwd();
  let watches = false;
  let snippets = false;
  let settling: NodeJS.Timeout | undefined;
  let failure: string | undefined;
  const closed = new AbortController();

  /** A notice that nobody has to answer: not all editors can, which would end the server. */
  const fail = (error: unknown) => {
    if (error instanceof ConfigError) published.config(error);
    const message = options.describe(error);
    if (message !== failure)
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message });
    failure = message;
  };

  connection.onInitialize((params): InitializeResult => {
    const { workspace: ofFiles, textDocument } = params.capabilities;
    watches = ofFiles?.didChangeWatchedFiles?.dynamicRegistration === true;
    snippets = textDocument?.completion?.completionItem?.snippetSupport === true;
    root = options.rootOf(folderOf(params) ?? process.cwd());
    workspace = openWorkspace({
      ...options,
      root,
      onPage: (path, report) => {
        const engine = workspace?.engine();
        if (engine) published.page(path, report, engine);
      },
      onPlatform: (engine) => {
        failure = undefined;
        published.platform(engine);
      },
      onFailure: fail,
    });
    return {
      serverInfo: { name: 'plumbline', version: options.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: [...':`{"\'./(#@ '] },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
      },
    };
  });

  connection.onInitialized(async () => {
    workspace?.start();
    const asked = watches && connection.client.register(DidChangeWatchedFilesNotification.type, everyFile);
    const isTold = await Promise.resolve(asked).catch(() => false);
    if (isTold === false) await followFiles();
  });

  /** For an editor that tells nothing of files, as Neovim on Linux, or only of those that it has open. */
  async function followFiles(): Promise<void> {
    const docs = options.docs === undefined ? root : resolve(options.docs);
    const folders = isInside(root, docs) ? [root] : [root, docs];
    for await (const _paths of options.fileChanges(folders, closed.signal)) filesChanged();
  }

  /** Files that the editor writes, or somebody beside it: those that come together are taken together. */
  const filesChanged = () => {
    clearTimeout(settling);
    settling = setTimeout(() => workspace?.filesChanged(), settle);
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => !/\/(?:\.git|node_modules)\//.test(uri))) filesChanged();
  });

  documents.onDidChangeContent(({ document }) => {
    const path = pathOf(document.uri);
    if (path === null || !isPage(path)) return;
    uris.set(path, document.uri);
    workspace?.edit(path, document.getText());
  });
  documents.onDidClose(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== null && isPage(path)) workspace?.edit(path, null);
  });
  connection.onCompletion(({ textDocument, position }) => {
    const [document, path, engine] = [
      documents.get(textDocument.uri),
      pathOf(textDocument.uri),
      workspace?.engine(),
    ];
    if (document === undefined || path === null || engine === undefined) return null;
    const language = path.endsWith('.d2') ? 'd2' : 'markdown';
    const at = document.offsetAt(position);
    return complete(document.getText(), at, language, { engine, path, snippets });
  });

  connection.onHover(({ textDocument, position }) => {
    const found = foundAt(textDocument.uri, position.line);
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

  connection.onDefinition(({ textDocument, position }) => {
    const found = foundAt(textDocument.uri, position.line);
    if (found === null) return null;
    const { engine, line, report } = found;
    const linked = linkedResource(line, position, engine);
    const verdict = report && statedAt(report, position);
    const places = linked ? [linked.origin] : verdict ? placesOf(verdict) : [];
    const { root } = engine.platform.config;
    return places.map((place) => ({ uri: uriOf(absolute(place.file, root)), range: rangeOf(place) }));
  });

  connection.onCodeAction(({ textDocument: { uri }, range, context }) => {
    const found = foundAt(uri, range.start.line);
    // Of an older text the places are not those of this one.
    if (!found?.report || found.report.hash !== digestOf(found.document.getText())) return [];
    return quickFixes(found.report, range, { uri, shown: context.diagnostics });
  });

  connection.onShutdown(async () => {
    closed.abort();
    clearTimeout(settling);
    await workspace?.close();
  });

  function foundAt(uri: string, line: number) {
    const [document, path, engine] = [documents.get(uri), pathOf(uri), workspace?.engine()];
    if (document === undefined || path === null || engine === undefined) return null;
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
    return { document, engine, line: text, report: workspace?.report(path) };
  }

  documents.listen(connection);
  connection.listen();
}

function folderOf({ workspaceFolders, rootUri }: InitializeParams): string | null {
  const uri = workspaceFolders?.[0]?.uri ?? rootUri;
  return uri ? pathOf(uri) : null;
}

function isPage(path: string): boolean {
  return /\.mdx?$/.test(path);
}

const everyFile = { watchers: [{ globPattern: '**/*' }] };

/** Milliseconds without a further change: Git and formatters write several files at once. */
const settle = 50;

interface EditorOptions {
  version: string;
  docs: string | undefined;
  cache: boolean;
  /** The root of the repository that a folder belongs to. */
  rootOf(folder: string): string;
  /** Tells whenever files under the folders were written, came or went, until the signal. */
  fileChanges(folders: string[], signal: AbortSignal): AsyncIterable<string[]>;
  /** A failure in the words of the command line. */
  describe(error: unknown): string;
}
