/** mdast in, mdast out: takes what a page states out of its Markdown and puts what the model says in its place. */

export type { PageLinks } from './html/hast.ts';
export { type PluginOptions, remarkPlumbline } from './remark-plugin.ts';
