import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isUnifiedProcessor } from '@astrojs/markdown-remark';
import type { AstroIntegration } from 'astro';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { remarkPlumbline } from '../remark/index.ts';
import { watchManifests } from './dev.ts';
import { remarkPageLinks } from './page-links.ts';
import { type Run, type RunOptions, startRun } from './run.ts';
import { publish, published } from './shared.ts';
import { commitToken } from './token.ts';
import { virtualPages } from './virtual.ts';

/** The Astro side: starts the run, joins the Markdown pipeline, serves what the components ask, ends the run. */
export function plumblineIntegration(options: IntegrationOptions): AstroIntegration {
  let run: Run | undefined;
  let siteRoot = '';
  let isLoaded = false;
  return {
    name: 'starlight-plumbline',
    hooks: {
      'astro:config:setup': async ({ config, updateConfig, injectScript, addMiddleware }) => {
        siteRoot = config.root.href;
        const before = published(siteRoot);
        if (before) await before.dispose();
        const address = {
          base: config.base,
          trailingSlash: config.trailingSlash,
          format: config.build.format,
        };
        const started = startRun({ ...options, address });
        run = started;
        publish(siteRoot, {
          ...started,
          generated: async () => {
            isLoaded = true;
            return started.generated();
          },
        });

        const docsPath = relative(
          fileURLToPath(config.root),
          fileURLToPath(new URL('content/docs', config.srcDir)),
        ).replaceAll('\\', '/');
        const { processor } = config.markdown;
        if (isUnifiedProcessor(processor)) {
          // Handed over without options: Astro makes its store's key of a plugin's options, and would read the whole model.
          const inner = remarkPlumbline({
            engine: started.engine,
            links: started.links,
            commit: commitToken,
          });
          processor.options.remarkPlugins.push(
            () => authoredOnly(inner),
            () =>
              remarkPageLinks({
                address,
                docs: options.docs,
                root: options.root,
                browse: started.links.place,
              }),
          );
        }
        updateConfig({
          vite: {
            plugins: [
              virtualPages({
                run: started,
                siteRoot: fileURLToPath(config.root),
                docsPath,
                docs: options.docs,
                lastUpdated: options.lastUpdated,
              }),
            ],
          },
        });
        for (const script of ['tables', 'diagrams'])
          injectScript('page', `import ${JSON.stringify(`${import.meta.dirname}/client/${script}.ts`)};`);
        addMiddleware({ entrypoint: `${import.meta.dirname}/commit.ts`, order: 'post' });
      },
      'astro:server:setup': ({ server, refreshContent }) => {
        if (run && refreshContent) watchManifests({ server, refreshContent, run, logger: options.logger });
      },
      'astro:build:start': async () => {
        await run?.ready();
        if (!isLoaded)
          options.logger.warn(
            'the `docs` collection does not use `plumblineLoader()`: pages will be stale when a manifest changes, and there are no resource pages',
          );
      },
      'astro:build:done': async () => {
        await run?.dispose();
        publish(siteRoot, undefined);
      },
    },
  };
}

export interface IntegrationOptions extends Omit<RunOptions, 'address'> {
  /** Whether pages show the date of their last commit. */
  lastUpdated: boolean;
}

/** Pages without a file of their own state nothing, so nothing in them is judged. */
function authoredOnly(inner: ReturnType<typeof remarkPlumbline>) {
  return (tree: Root, file: VFile) =>
    file.path !== undefined && existsSync(file.path) ? inner(tree, file) : undefined;
}
