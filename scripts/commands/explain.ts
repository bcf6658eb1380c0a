import { Command } from 'commander';
import type { Resource } from '../../plugins/model/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import {
  type CommonOptions,
  createProgress,
  formatOf,
  loadOptions,
  optionsOf,
  print,
  shared,
  type Terminal,
} from './common.ts';
import { UsageError } from './exit-failure.ts';

const formats = ['pretty', 'json'] as const;

/**
 * `plumbline explain RULE|REF|VIEW`: what a rule holds, everything that is known of a resource, what a view
 * shows, or what expressions may name.
 */
export function explainCommand(terminal: Terminal): Command {
  return new Command('explain')
    .description('explain a rule, a resource, a view, or `expressions`')
    .argument(
      '[what...]',
      'a rule such as fact-stale, a resource such as AppProject/shop, a view such as table waves, or expressions',
    )
    .option('--url <url>', 'which route, Service and workload would answer it')
    .option('--method <method>', 'of the request to the URL', 'GET')
    .option('--header <header>', '`Name: value` of the request to the URL; once for each', collect, [])
    .option('--strict', 'with --url: exit 3 where what answers is not known', false)
    .option('--format <format>', formats.join(', '), 'pretty')
    .option('--event <file>', 'of a Sensor: what it does with this event (its data, as JSON or YAML)')
    .option('--dependency <name>', 'with --event: the dependency that the event is of')
    .action(async (words: string[], _options: unknown, command: Command) => {
      const what = words.join(' ');
      const options = optionsOf<CommonOptions & ExplainOptions>(command);
      const format = formatOf(options.format, formats);
      const kind = format === 'json' ? format : 'text';
      if (options.url !== undefined) return explainOneUrl(options.url, options, terminal);
      if (what === '')
        throw new UsageError(
          'it is not said what to explain',
          'name a rule, a resource or a view, or give `--url`',
        );
      const { isRule, rules } = await import('../../plugins/checks/index.ts');
      const { fields, functions, lists } = await import('../../plugins/query/index.ts');
      if (what === 'expressions') {
        const { describeExpressions } = await import('./explain-expressions.ts');
        const all = { fields, lists, functions };
        return print(format === 'json' ? toJson(all) : describeExpressions(all), terminal, kind);
      }
      if (isRule(what)) {
        const { loadConfig } = await import('../../plugins/source/index.ts');
        const { describeRule, ruleAsJson } = await import('./explain-rule.ts');
        const config = await loadConfig(loadOptions(options));
        const rule = rules[what];
        const severity = config.severity[what] ?? rule.severity;
        return print(
          format === 'json' ? toJson(ruleAsJson(rule, severity)) : describeRule(rule, severity, config.site),
          terminal,
          kind,
        );
      }
      const { describeView, viewAsJson, viewNamed, viewNames } = await import('./explain-view.ts');
      const view = viewNamed(words);
      if (view !== undefined) {
        if (format === 'json') return print(toJson(viewAsJson(view)), terminal, kind);
        const { loadPlatform } = await import('../../plugins/platform/index.ts');
        return print(describeView(view, await loadPlatform(loadOptions(options))), terminal, kind);
      }
      if (words.length > 1) {
        const { didYouMean, nearest } = await import('../../plugins/base/index.ts');
        const names = viewNames();
        throw new UsageError(
          `there is no view \`${what}\``,
          didYouMean(nearest(what, names)) || `views: ${names.join(', ')}`,
        );
      }
      const { createEngine, explainResource } = await import('../../plugins/engine/index.ts');
      const { describeResource } = await import('./explain-resource.ts');
      const progress = createProgress(terminal);
      const engine = await createEngine({ ...loadOptions(options), ...shared(terminal, progress.update) });
      try {
        const resource = await named(what, engine.platform);
        if (options.event !== undefined) {
          const { describeEvent, eventFrom } = await import('./explain-event.ts');
          const { tryEvent } = await import('../../plugins/model/index.ts');
          const data = eventFrom(options.event, resource);
          const dependency = options.dependency ?? null;
          const tried = tryEvent(resource, engine.platform.model.resources, { data, time: null, dependency });
          progress.done();
          const name = engine.platform.referenceOf(resource);
          return await print(format === 'json' ? toJson(tried) : describeEvent(name, tried), terminal, kind);
        }
        const explanation = await explainResource(engine, resource);
        progress.done();
        await print(format === 'json' ? toJson(explanation) : describeResource(explanation), terminal, kind);
      } finally {
        progress.done();
        await engine.dispose();
      }
    });
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Exit codes: 0 something answers, or may; 1 surely nothing does; 3 with `--strict` it is not known. */
async function explainOneUrl(
  text: string,
  options: CommonOptions & ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const { describeUrl, exitCodeOf, headersOf, urlOf } = await import('./explain-url.ts');
  const format = formatOf(options.format, formats);
  const url = urlOf(text);
  const headers = headersOf(options.header);
  const { loadPlatform } = await import('../../plugins/platform/index.ts');
  const { explainUrl } = await import('../../plugins/engine/index.ts');
  const progress = createProgress(terminal);
  const platform = await loadPlatform({ ...loadOptions(options), onProgress: progress.update });
  progress.done();
  const found = explainUrl(platform, url, { method: options.method.toUpperCase(), headers });
  terminal.exitCode = exitCodeOf(found, options.strict);
  await print(
    format === 'json' ? toJson(found) : describeUrl(found),
    terminal,
    format === 'json' ? format : 'text',
  );
}

/**
 * The resource of that name. @throws UsageError with the nearest rules and resources where there is none, or
 * all where there are several.
 */
async function named(what: string, platform: Platform): Promise<Resource> {
  const [{ rules }, { didYouMean, nearest }, { diagramViews, tableViews }] = await Promise.all([
    import('../../plugins/checks/index.ts'),
    import('../../plugins/base/index.ts'),
    import('../../plugins/views/index.ts'),
  ]);
  const found = platform.resolveReference(what);
  if (found.ok) return found.resource;
  if (found.reason === 'ambiguous')
    throw new UsageError(
      `\`${what}\` names ${found.candidates.length} resources`,
      didYouMean(found.candidates),
    );
  const names = [
    ...Object.keys(rules),
    'expressions',
    ...Object.keys(tableViews),
    ...Object.keys(diagramViews),
  ];
  const near = [...nearest(what, names), ...found.candidates].slice(0, 4);
  throw new UsageError(
    `there is no rule, no view and no resource \`${what}\``,
    didYouMean(near) ||
      'a resource is named Kind/name or Kind/namespace/name; rules: plumbline explain fact-stale',
  );
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

interface ExplainOptions {
  url?: string;
  method: string;
  header: string[];
  strict: boolean;
  format: string;
  event?: string;
  dependency?: string;
}
