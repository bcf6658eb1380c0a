import { Command } from 'commander';
import {
  type CommonOptions,
  formatOf,
  loadOptions,
  optionsOf,
  print,
  type Terminal,
  viewFailure,
} from './common.ts';
import { refuseNoManifest } from './refuse-nothing.ts';

const formats = ['d2', 'svg'] as const;

/** `plumbline diagram VIEW`: the drawing that `::diagram{view=…}` would show. */
export function diagramCommand(terminal: Terminal): Command {
  return new Command('diagram')
    .description('print a view of the platform as a drawing')
    .argument('<view>', 'layers, projects, events, around, … (an unknown one lists them)')
    .option('--where <cel>', 'only what this CEL expression is true of')
    .option('--of <reference>', 'the resource that `around` draws, such as AppProject/observability')
    .option('--title <text>', 'title of the drawing')
    .option('--format <format>', formats.join(', '), 'd2')
    .action(async (view: string, _options: unknown, command: Command) => {
      const options = optionsOf<
        CommonOptions & { where?: string; of?: string; title?: string; format: string }
      >(command);
      const format = formatOf(options.format, formats);
      const [{ loadPlatform }, { createQuery }, { diagramOf }, { classesD2, createD2, diagramToD2 }] =
        await Promise.all([
          import('../../plugins/platform/index.ts'),
          import('../../plugins/query/index.ts'),
          import('../../plugins/views/index.ts'),
          import('../../plugins/d2/index.ts'),
        ]);
      const platform = await loadPlatform(loadOptions(options));
      refuseNoManifest(platform);
      const { where, of, title } = options;
      const made = diagramOf(platform, createQuery(platform), { view, where, of, title });
      if (!made.ok) throw viewFailure(made.faults);
      // The classes are written out, so that the text stands alone.
      const source = `${classesD2().trimEnd()}\n\n${diagramToD2(made.diagram, { classes: null })}`;
      if (format === 'd2') return print(`${source.trimEnd()}\n`, terminal);
      const d2 = terminal.d2 ?? createD2({ cache: platform.cache, size: 1 });
      try {
        const { title: name, description } = made.diagram;
        // There is no site here that a shape could link to.
        const svg = await d2.render(
          { source, files: {}, layout: 'dagre' },
          { salt: 'plumbline', title: name, description, resolveLink: () => null },
        );
        await print(`${svg.trimEnd()}\n`, terminal);
      } finally {
        if (terminal.d2 === undefined) await d2.dispose();
      }
    });
}
