import type { Plugin } from 'vite';

/**
 * Watches what Astro and Starlight build into the pages: whether all of it is theirs or ours. A component or
 * a middleware of somebody else's may put anything into any page, so that none says how another looks.
 * @param own paths of our modules, as the configuration names them.
 */
export function watchSite(own: readonly string[]): WatchedSite {
  const isOurs = (path: string) => own.includes(path.replaceAll('\\', '/'));
  const seen = { components: false, sidebar: false, middleware: false };
  return {
    isKnown: () => seen.components && seen.middleware,
    isSidebarKnown: () => seen.sidebar && seen.middleware,
    plugin: {
      name: 'plumbline-known-site',
      transform(code, id) {
        if (id === '\0virtual:starlight/user-config') {
          const config = read(code);
          seen.components = config !== null && isUsual(config, isOurs);
          seen.sidebar =
            config !== null && ['PageFrame', 'Sidebar'].every((name) => isOwn(name, config, isOurs));
        }
        if (id === '\0virtual:astro:middleware') seen.middleware = importsOf(code).every(isOurMiddleware);
        return undefined;
      },
    },
  };

  function isOurMiddleware(path: string): boolean {
    return path === 'astro:middleware' || path === '@astrojs/starlight/locals' || isOurs(path);
  }
}

/** Whether the components and the route middleware of Starlight are its own or ours. */
function isUsual(config: UserConfig, isOurs: (path: string) => boolean): boolean {
  return (
    // No page of a thing has a hero.
    Object.keys(config.components).every((name) => name === 'Hero' || isOwn(name, config, isOurs)) &&
    config.routeMiddleware.every(isOurs)
  );
}

function isOwn(name: string, { components }: UserConfig, isOurs: (path: string) => boolean): boolean {
  const path = components[name] ?? '';
  return path === `@astrojs/starlight/components/${name}.astro` || isOurs(path);
}

/** Null where it is not written as Starlight writes it. */
function read(code: string): UserConfig | null {
  try {
    const { components, routeMiddleware } = JSON.parse(code.replace(/^export default\s*/, '')) as UserConfig;
    return { components: { ...components }, routeMiddleware: [...routeMiddleware] };
  } catch {
    return null;
  }
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)].flatMap(([, path]) => path ?? []);
}

interface WatchedSite {
  plugin: Plugin;
  /** Whether what surrounds the text of a page is Starlight's and ours. */
  isKnown(): boolean;
  /** Whether the sidebar is, and nothing else is given it. */
  isSidebarKnown(): boolean;
}

interface UserConfig {
  components: Record<string, string>;
  routeMiddleware: string[];
}
