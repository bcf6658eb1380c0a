import { fileURLToPath } from 'node:url';
import type { Nodes, Root, RootContent } from 'mdast';
import type { PageTransformer } from './page-transformer.ts';

/**
 * A plugin for Sätteri (`mdastPlugins`) that runs what is written for remark. Sätteri keeps its tree to
 * itself and hands out copies: ours is changed, and goes back whole, with what is as it was left where it
 * stands. It gives offsets as remark does, and no places within a directive: those come from our own
 * parser.
 */
export function satteriPlugin(transform: PageTransformer): SatteriPlugin {
  return {
    name: 'starlight-plumbline',
    options: { position: true },
    before: async (root, context) => {
      // Loaded by the first page: the parser would stand in the way of every start.
      const [{ parsePage }, { VFile }] = await Promise.all([
        import('../../markdown/index.ts'),
        import('vfile'),
      ]);
      const written = root.children.map((node) => {
        const copy = JSON.parse(JSON.stringify(node)) as RootContent;
        return { node, copy, text: JSON.stringify(copy) };
      });
      const { source, fileURL, sourceFormat } = context;
      const parsed = parsePage(source, sourceFormat === 'mdx' ? 'mdx' : 'md');
      const directives = (parsed.ok ? parsed.tree.data?.directives : undefined) ?? new Map();
      const tree: Root = { type: 'root', children: written.map(({ copy }) => copy), data: { directives } };
      const path = fileURL && fileURLToPath(fileURL);
      await transform(tree, new VFile({ value: source, ...(path === undefined ? {} : { path }) }));
      const before = new Map(written.map(({ node, copy, text }) => [copy, { node, text }]));
      const children = tree.children.map((child) => {
        const own = before.get(child);
        return own && own.text === JSON.stringify(child) ? own.node : child;
      });
      context.replaceNode(root, { type: 'root', children });
    },
  };
}

/** What of Sätteri's plugins is used here (`MdastPluginDefinition` of `satteri` 0.10). */
export interface SatteriPlugin {
  name: string;
  options: { position: boolean };
  before(root: Readonly<Root>, context: SatteriContext): Promise<void>;
}

interface SatteriContext {
  /** What was parsed: a page without its front matter. */
  source: string;
  fileURL: URL | undefined;
  sourceFormat: 'markdown' | 'mdx';
  replaceNode(node: Readonly<Nodes>, replacement: Root): void;
}
