import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { digestOf } from '../base/index.ts';
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
  let watches = false;
  let settling: NodeJS.Timeout | undefined;

  connection.onInitialize((params): InitializeResult => {
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    workspace = openWorkspace({
      ...options,
      root: options.rootOf(folderOf(params) ?? process.cwd()),
      onPage: (path, report) => {
        const engine = workspace?.engine();
        if (engine) published.page(path, report, engine);
      },
      onPlatform: (engine) => published.platform(engine),
      onFailure: (error) => connection.window.showErrorMessage(options.describe(error)),
    });
    return {
      serverInfo: { name: 'plumbline', version: options.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        completionProvider: { triggerCharacters: [...':`{"\'./(#@ '] },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
      },
    };
  });

  connection.onInitialized(async () => {
    workspace?.start();
    if (watches)
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*' }],
      });
  });

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
  documents.onDidSave(() => {
    if (!watches) filesChanged();
  });

  connection.onCompletion(({ textDocument, position }) => {
    const [document, path, engine] = [
      documents.get(textDocument.uri),
      pathOf(textDocument.uri),
      workspace?.engine(),
    ];
    if (document === undefined || path === null || engine === undefined) return null;
    const language = path.endsWith('.d2') ? 'd2' : 'markdown';
    return complete(document.getText(), document.offsetAt(position), language, { engine, path });
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

/** Milliseconds without a further change: Git and formatters write several files at once. */
const settle = 50;

interface EditorOptions {
  version: string;
  docs: string | undefined;
  cache: boolean;
  /** The root of the repository that a folder belongs to. */
  rootOf(folder: string): string;
  /** A failure in the words of the command line. */
  describe(error: unknown): string;
}
