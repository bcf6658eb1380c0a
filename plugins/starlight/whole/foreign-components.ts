import type { Plugin } from 'vite';

/**
 * Astro takes the path of a component for one below the project's root where the two have no folder in
 * common (`normalizeFilename` of its `vite-plugin-utils`), and then finds neither the styles nor the scripts
 * of that component: so it is with a temporary project in `/tmp` and packages in `/home`. Asked with Vite's
 * prefix for files outside of the root, it takes the path for what it is.
 */
export function foreignComponents(): Plugin {
  let load: Load | undefined;
  return {
    name: 'plumbline:foreign-components',
    configResolved({ plugins }) {
      const hook = plugins.find(({ name }) => name === 'astro:build')?.load;
      load = typeof hook === 'function' ? hook : hook?.handler;
    },
    load: {
      order: 'pre',
      // Parts of a component alone: `/packages/Page.astro?astro&type=style&index=0&lang.css`.
      filter: { id: /^\/(?!@fs\/).*\.astro\?(?:.*&)?astro&type=/ },
      handler(id, options) {
        return load?.call(this, `/@fs${id}`, options);
      },
    },
  };
}

type Load = Extract<NonNullable<Plugin['load']>, (...args: never) => unknown>;
