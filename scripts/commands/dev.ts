import { Command } from 'commander';
import { optionsOf, type Terminal } from './common.ts';
import { UsageError } from './exit-failure.ts';
import { type SiteCommandOptions, siteOptions, withSiteOptions } from './site-options.ts';

/** `plumbline dev`: the same site as `build` makes, served while pages and manifests are edited. */
export function devCommand(_terminal: Terminal): Command {
  return withSiteOptions(
    new Command('dev').description('serve a site of the whole repository while it is edited'),
  )
    .option('--port <number>', 'port to listen at (default: 4321, or the next that is free)')
    .option('--host [name]', 'listen to other machines, too')
    .action(async (_options: unknown, command: Command) => {
      const options = optionsOf<DevCommandOptions>(command);
      const port = options.port === undefined ? undefined : Number(options.port);
      if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
        throw new UsageError(`\`--port ${options.port}\` is no port`, 'write a number from 1 to 65535');
      const given = await siteOptions(options);
      const { serveSite } = await import('../../plugins/starlight/whole/make-site.ts');
      await serveSite({ ...given, isQuiet: false, port, host: options.host });
    });
}

interface DevCommandOptions extends SiteCommandOptions {
  port?: string;
  host?: string | true;
}
