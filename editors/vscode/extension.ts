import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type CompletionItem,
  type CompletionList,
  type ExtensionContext,
  SnippetString,
  window,
  workspace,
} from 'vscode';
import { CloseAction, LanguageClient } from 'vscode-languageclient/node';

/** Starts the language server of the folder that is open; all else is the server's. */
export async function activate(context: ExtensionContext): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) return;
  const given = workspace.getConfiguration('plumbline').get<string[]>('command', []);
  const server: Server = { said: '' };
  const client: Client = new Client(
    'plumbline',
    'Plumbline',
    async () => startServer(given.length > 0 ? given : usual, folder.uri.fsPath, server),
    {
      documentSelector: [
        { scheme: 'file', language: 'markdown' },
        { scheme: 'file', language: 'mdx' },
        { scheme: 'file', pattern: '**/*.{mdx,d2}' },
      ],
      middleware: {
        provideCompletionItem: async (document, position, inWhat, token, next) =>
          offerNext(await next(document, position, inWhat, token)),
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (...what) => usually.error(...what),
        // What kept it from starting will do so the next time, too.
        closed: () =>
          client.hasStarted ? usually.closed() : { action: CloseAction.DoNotRestart, handled: true },
      },
    },
  );
  const usually = client.createDefaultErrorHandler();
  context.subscriptions.push({ dispose: () => void client.stop() });
  try {
    await client.start();
    client.hasStarted = true;
  } catch (error) {
    const chosen = await window.showErrorMessage(await whyNot(server, error), 'Show Output');
    if (chosen !== undefined) client.outputChannel.show();
  }
}

/** What keeps it from starting is told once, in the server's words and not the connection's. */
class Client extends LanguageClient {
  hasStarted = false;

  override error(...[message, data, isShown]: Parameters<LanguageClient['error']>): void {
    super.error(message, data, this.hasStarted && isShown);
  }
}

/** On Windows a shell starts it, as `npx` is no program there. */
function startServer([program = '', ...args]: string[], cwd: string, server: Server): ChildProcess {
  const started = spawn(program, args, { cwd, shell: process.platform === 'win32' });
  server.process = started;
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    server.said += text;
  });
  started.on('error', ({ message }) => {
    server.said += message;
  });
  return started;
}

/** What it wrote before it ended; the lines of npm are no more than that it is not installed. */
async function whyNot({ said, process: started }: Server, error: unknown): Promise<string> {
  if (started?.pid !== undefined && started.exitCode === null)
    await Promise.race([once(started, 'close'), new Promise((done) => setTimeout(done, patience))]);
  const lines = said.split(/\r?\n/).map((line) => line.trim());
  const own = lines.filter((line) => line !== '' && !line.startsWith('npm '));
  if (own.length > 0) return `Plumbline did not start: ${own.slice(0, 3).join('; ')}`;
  const mend = 'Install it here (npm install --save-dev starlight-plumbline), or set plumbline.command.';
  if (lines.some((line) => line.startsWith('npm error'))) return `Plumbline is not installed. ${mend}`;
  return `Plumbline did not start: ${error instanceof Error ? error.message : String(error)}. ${mend}`;
}

/** What may stand between quotes or braces that a completion wrote is offered at once. */
function offerNext(found: CompletionItem[] | CompletionList | null | undefined) {
  for (const item of Array.isArray(found) ? found : (found?.items ?? [])) {
    if (item.insertText instanceof SnippetString && /["{]\$0/.test(item.insertText.value))
      item.command = { command: 'editor.action.triggerSuggest', title: '' };
  }
  return found;
}

const usual = ['npx', '--no-install', 'starlight-plumbline', 'lsp'];

/** Milliseconds for the last words of a server that ends. */
const patience = 1000;

interface Server {
  process?: ChildProcess;
  /** What it wrote to stderr. */
  said: string;
}
