import type { Plugin } from 'vite';

/**
 * Watches what Astro and Starlight build into the pages: whether all of it is theirs or ours. A component or
 * a middleware of somebody else's may put anything into any page, so that none says how another looks.
 * @param own paths of our modules, as the configuration names them.
 */
export function watchSite(own: readonly string[]): { plugin: Plugin; isKnown(): boolean } {
  const isOurs = (path: string) => own.includes(path.replaceAll('\\', '/'));
  const seen = { components: false, middleware: false };
  return {
    isKnown: () => seen.components && seen.middleware,
    plugin: {
      name: 'plumbline-known-site',
      transform(code, id) {
        if (id === '\0virtual:starlight/user-config') seen.components = isUsual(code, isOurs);
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
function isUsual(code: string, isOurs: (path: string) => boolean): boolean {
  try {
    const { components, routeMiddleware } = JSON.parse(code.replace(/^export default\s*/, '')) as UserConfig;
    return (
      Object.entries(components).every(
        ([name, path]) =>
          // No page of a thing has a hero.
          name === 'Hero' || path === `@astrojs/starlight/components/${name}.astro` || isOurs(path),
      ) && routeMiddleware.every(isOurs)
    );
  } catch {
    return false;
  }
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)].flatMap(([, path]) => path ?? []);
}

interface UserConfig {
  components: Record<string, string>;
  routeMiddleware: string[];
}
