import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { median, times } from './measure.ts';
import { type Row, row } from './rows.ts';
import { platformCopy } from './sites.ts';

/**
 * What somebody who types in the largest page of the reference platform waits for: what is wrong now, and
 * what could stand there, from the language server as an editor starts it.
 */
export async function keystroke(project: string, folder: string): Promise<Row[]> {
  const root = platformCopy(project, join(folder, 'typed'));
  const docs = join(root, 'docs');
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({
      uri: pathToFileURL(join(docs, name)).href,
      text: readFileSync(join(docs, name), 'utf8'),
    }))
    .sort((a, b) => b.text.length - a.text.length);
  const [page] = pages;
  if (page === undefined) throw new Error('there is no page');
  const server = spawn(process.execPath, [join(project, 'scripts/plumbline.ts'), 'lsp'], {
    cwd: root,
    env: { ...process.env, PLUMBLINE_CACHE: join(folder, 'cache-typed') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const client = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let faults = 0;
  let told = () => {};
  client.onNotification('textDocument/publishDiagnostics', (said: PublishDiagnosticsParams) => {
    if (said.uri !== page.uri) return;
    faults = said.diagnostics.length;
    told();
  });
  client.onRequest('client/registerCapability', () => null);
  client.listen();
  const isTold = (isThis: (count: number) => boolean) =>
    new Promise<void>((resolve) => {
      told = () => {
        if (isThis(faults)) resolve();
      };
      told();
    });
  try {
    const rootUri = pathToFileURL(root).href;
    await client.sendRequest('initialize', { processId: null, rootUri, capabilities: {} });
    await client.sendNotification('initialized', {});
    const textDocument = { uri: page.uri, languageId: 'markdown', version: 1, text: page.text };
    await client.sendNotification('textDocument/didOpen', { textDocument });
    let version = 1;
    const type = async (text: string) => {
      version += 1;
      const document = { uri: page.uri, version };
      await client.sendNotification('textDocument/didChange', {
        textDocument: document,
        contentChanges: [{ text }],
      });
    };
    const wrong = `${page.text}\nSee [it](./no-such-page.md).\n`;
    const lines = page.text.split('\n').length;
    const waited = async (more: number) => {
      const start = performance.now();
      await type(more === 0 ? page.text : wrong);
      await isTold((count) => count > 0 === more > 0);
      return { seconds: (performance.now() - start) / 1000 };
    };
    await waited(1);
    const faultsTold = await times(rounds, async () => [await waited(0), await waited(1)]);
    const completed = await times(rounds, async () => {
      const start = performance.now();
      await type(`${wrong}\n\`Deployment/`);
      await client.sendRequest('textDocument/completion', {
        textDocument: { uri: page.uri },
        position: { line: lines + 2, character: 12 },
      });
      return { seconds: (performance.now() - start) / 1000 };
    });
    const limit = { seconds: 0.1 };
    const size = `a page of ${page.text.length} characters`;
    return [
      row(`a keystroke's faults told, ${size}`, median(faultsTold.flat()), '100 ms', limit, 1),
      row(`completion after a keystroke, ${size}`, median(completed), '100 ms', limit, 1),
    ];
  } finally {
    client.dispose();
    server.kill();
  }
}

const rounds = 15;
