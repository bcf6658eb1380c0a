import { type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

/** Starts the language server of the folder that is open; all else is the server's. */
export async function activate(context: ExtensionContext): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) return;
  const given = workspace.getConfiguration('plumbline').get<string[]>('command', []);
  const [command, ...args] = given.length > 0 ? given : ['npx', '--no-install', 'starlight-plumbline', 'lsp'];
  const client = new LanguageClient(
    'plumbline',
    'Plumbline',
    { command, args, options: { cwd: folder.uri.fsPath, shell: process.platform === 'win32' } },
    {
      documentSelector: [
        { scheme: 'file', language: 'markdown' },
        { scheme: 'file', language: 'mdx' },
        { scheme: 'file', pattern: '**/*.{mdx,d2}' },
      ],
    },
  );
  context.subscriptions.push({ dispose: () => void client.stop() });
  try {
    await client.start();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      `Plumbline did not start: ${why}. Install starlight-plumbline, or set plumbline.command.`,
    );
  }
}
