import { resolve } from 'node:path';
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { type CommonOptions, optionsOf, type Terminal } from './common.ts';
import { describeFailure } from './exit-failure.ts';
import { rootAbove } from './root-above.ts';
import { fileChanges } from './watch-files.ts';

/**
 * `plumbline lsp`: the language server for an editor, over stdin and stdout; it ends when the editor does.
 */
export function lspCommand(_terminal: Terminal): Command {
  return new Command('lsp')
    .description('serve an editor: faults as one types, completion, hover, definitions, quick fixes')
    .option('--stdio', 'over stdin and stdout, which it always does: editors give it', true)
    .action(async (_options: unknown, command: Command) => {
      const { root, docs, cache } = optionsOf<CommonOptions>(command);
      const isRootGiven = command.parent?.getOptionValueSource('root') === 'cli';
      const [{ createConnection, ProposedFeatures }, { serveEditor }] = await Promise.all([
        import('vscode-languageserver/node'),
        import('../../plugins/lsp/index.ts'),
      ]);
      const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
      serveEditor(connection, {
        version: manifest.version,
        docs,
        cache,
        rootOf: (folder) => (isRootGiven ? resolve(root) : resolve(folder, rootAbove(folder))),
        patience: 500,
        describe: describeFailure,
        fileChanges,
      });
    });
}
