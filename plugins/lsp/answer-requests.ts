import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { digestOf } from '../base/index.ts';
import { complete } from './complete/index.ts';
import type { Folders } from './folders.ts';
import { quickFixes } from './quick-fixes.ts';
import { absolute, pathOf, rangeOf, uriOf } from './ranges.ts';
import { linkedResource, placesOf, resourceText, statedAt, statementText } from './stated-at.ts';

/**
 * Answers what an editor asks about a place in an open document: completion, hover, definitions, quick fixes.
 * All but completion wait until the text has been checked as it is now.
 */
export function answerRequests(connection: Connection, { documents, folders, snippets }: Served): void {
  connection.onCompletion(({ textDocument, position }) => {
    const held = heldAt(textDocument.uri);
    if (held === null) return null;
    const { document, path, engine } = held;
    const language = path.endsWith('.d2') ? 'd2' : 'markdown';
    const at = document.offsetAt(position);
    return complete(document.getText(), at, language, { engine, path, snippets: snippets() });
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

  function heldAt(uri: string) {
    const [document, path] = [documents.get(uri), pathOf(uri)];
    const workspace = path === null ? undefined : folders.of(path);
    const engine = workspace?.engine();
    if (document === undefined || path === null || workspace === undefined || engine === undefined)
      return null;
    return { document, path, workspace, engine };
  }

  /** The same with the report of the text as it is now, as places in an older one are not its own. */
  async function foundAt(uri: string, line: number) {
    const held = heldAt(uri);
    if (held === null) return null;
    const { document, path, workspace, engine } = held;
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
    return { document, engine, line: text, report: await workspace.current(path) };
  }
}

interface Served {
  documents: TextDocuments<TextDocument>;
  folders: Folders;
  /** Whether the editor takes snippets, known once it has introduced itself. */
  snippets: () => boolean;
}
