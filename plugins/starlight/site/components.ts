import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { inCode } from '../../base/index.ts';
import { configError } from '../run/errors.ts';
import type { PlumblineOptions } from './options.ts';

/** Astro components that a site may put in the place of ours, as it may those of Starlight. */
export const replaceable = ['Head', 'Mark', 'Table', 'Diagram', 'Home', 'Lost'] as const satisfies Exclude<
  keyof Components,
  'kinds'
>[];

/**
 * The module that the pages take their components from.
 * @param siteRoot absolute; paths are relative to it.
 * @throws AstroError where one is not there.
 */
export function componentsModule(given: Components, siteRoot: string): string {
  const own = (name: string, path: string): string => {
    const file = resolve(siteRoot, path);
    if (existsSync(file)) return JSON.stringify(file);
    throw configError(
      `the component ${inCode(name)} of \`plumbline()\` is not there: ${inCode(path)}.`,
      `Paths are relative to the root of the site: \`components: { ${name}: './src/components/…' }\`.`,
    );
  };
  const { kinds = {}, ...others } = given;
  const ofKinds = Object.entries(kinds).map(([kind, path], index) => ({
    line: `import Kind${index} from ${own(kind, path)};`,
    entry: `${JSON.stringify(kind)}: Kind${index}`,
  }));
  return [
    ...replaceable.map((name) => {
      const path = others[name];
      const file = path === undefined ? here('Plain') : own(name, path);
      // A page of a site's own names it: it stands round what replaces it.
      return `export { default as ${name === 'Home' ? 'OwnHome' : name} } from ${file};`;
    }),
    `export { default as Home } from ${here('Home')};`,
    ...ofKinds.map(({ line }) => line),
    `export const kinds = { ${ofKinds.map(({ entry }) => entry).join(', ')} };`,
    `export const replaced = ${JSON.stringify(replaceable.filter((name) => others[name] !== undefined))};`,
  ].join('\n');
}

/** Whether a page of a thing has a component in it that is not ours. */
export function dressesThings({ Head, Mark, Table, Diagram, kinds = {} }: Components): boolean {
  return [Head, Mark, Table, Diagram, ...Object.values(kinds)].some((path) => path !== undefined);
}

/** One of ours. */
function here(name: 'Plain' | 'Home'): string {
  return JSON.stringify(resolve(import.meta.dirname, '../components', `${name}.astro`));
}

export type Components = NonNullable<PlumblineOptions['components']>;
