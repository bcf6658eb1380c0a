import { Command } from 'commander';
import { type CommonOptions, loadOptions, optionsOf, print, shared, type Terminal, tell } from './common.ts';
import { UsageError } from './exit-failure.ts';

/** `plumbline render PAGE`: the page as plain Markdown, everything live resolved; its faults on stderr. */
export function renderCommand(terminal: Terminal): Command {
  return new Command('render')
    .description('print a page as plain Markdown, everything live resolved')
    .argument('<page>', 'a page, such as docs/index.md')
    .action(async (page: string, _options: unknown, command: Command) => {
      const options = optionsOf<CommonOptions>(command);
      const { createEngine, namedPages, renderPageAsMarkdown } = await import(
        '../../plugins/engine/index.ts'
      );
      const { isError } = await import('../../plugins/source/index.ts');
      const engine = await createEngine({ ...loadOptions(options), ...shared(terminal, () => {}) });
      try {
        const [path, ...others] = await namedPages([page], engine.platform);
        if (path === undefined || others.length > 0)
          throw new UsageError(`\`${page}\` is a folder`, 'name one page');
        const { markdown, diagnostics } = await renderPageAsMarkdown(engine, path);
        await print(`${markdown.trimEnd()}\n`, terminal);
        for (const { page: place, severity, rule, message } of diagnostics) {
          const where = place === null ? '' : `${place.file}:${place.line}:${place.column}: `;
          tell(`${where}${severity}[${rule}]: ${message}\n`, terminal);
        }
        if (diagnostics.some(isError)) terminal.exitCode = 1;
      } finally {
        await engine.dispose();
      }
    });
}
