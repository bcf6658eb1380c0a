/**
 * The manifest of the published package, made from that of the checkout: what runs there as TypeScript is
 * JavaScript here, and what only development needs is left out.
 * @param env of the workflow that publishes: provenance wants the repository that it runs in.
 */
export function publishedManifest(own: OwnManifest, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  return {
    name: own.name,
    version: own.version,
    description: own.description,
    license: own.license,
    keywords: own.keywords,
    ...(server && repository ? { repository: { type: 'git', url: `git+${server}/${repository}.git` } } : {}),
    type: 'module',
    bin: Object.fromEntries(Object.entries(own.bin).map(([name, path]) => [name, compiled(path)])),
    exports: Object.fromEntries(Object.entries(own.exports).map(([name, path]) => [name, exported(path)])),
    engines: { node: oldestNode },
    dependencies: own.dependencies,
    peerDependencies: own.peerDependencies,
    peerDependenciesMeta: own.peerDependenciesMeta,
  };
}

function exported(path: string): unknown {
  if (!path.endsWith('.ts')) return path;
  return { types: path.replace(/\.ts$/, '.d.ts'), default: compiled(path) };
}

function compiled(path: string): string {
  return path.replace(/\.ts$/, '.js');
}

/** What Astro and Commander ask for; the checkout needs a newer one, which runs TypeScript as it is. */
const oldestNode = '>=22.12.0';

/** What of `package.json` is published, or changed before it is. */
export interface OwnManifest {
  name: string;
  version: string;
  description: string;
  license: string;
  keywords: string[];
  bin: Record<string, string>;
  exports: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, unknown>;
}
