/** mdast in, mdast out: takes what a page states out of its Markdown and puts what the model says in its place. */
export {
  checkPage,
  checkPages,
  countedAs,
  namedPages,
  type PagesReport,
  platformDiagnostics,
} from './check.ts';
export { createEngine, type Engine } from './engine.ts';
export { type Explanation, explainResource } from './explain.ts';
export { type Applied, type FixedPage, fixPages } from './fix.ts';
export type { PageLinks } from './html/hast.ts';
export { renderPageAsMarkdown } from './markdown.ts';
export type { PageReport } from './page.ts';
export { pagesUnder } from './pages/files.ts';
export { isInside, pageSlug, realPath } from './pages/page-slug.ts';
export { resourceSlugs } from './pages/resource-slugs.ts';
export { type PluginOptions, remarkPlumbline } from './plugin.ts';
