import { readFile } from 'node:fs/promises';
import { h } from 'hastscript';
import type { Nodes, Parents, Root, RootContent } from 'mdast';
import type { VFile } from 'vfile';
import { realOf } from '../base/index.ts';
import type { Diagnostic, Located } from '../checks/index.ts';
import type { Engine } from '../engine/index.ts';
import { judgePage, type PageReport } from '../engine/index.ts';
import { createPositions, type Positions, pageName } from '../markdown/index.ts';
import { isError } from '../source/index.ts';
import { english, type Speech } from '../words/index.ts';
import { faultElement } from './html/fault.ts';
import type { ElementContext, PageLinks } from './html/hast.ts';
import { become, dress, live } from './html/live.ts';
import { createReplacer } from './html/replace.ts';

/**
 * unified plugin for the site: what a page states is held against the model and replaced by what the model
 * says. A fault becomes a visible box behind its block, as does one of the manifests that keeps it from being
 * verified, and goes to `onPage`; it never throws, as a throw would leave an empty page in a green build.
 */
export function remarkPlumbline(options: PluginOptions): (tree: Root, file: VFile) => Promise<void> {
  return async (tree, file) => {
    const engine = await (typeof options.engine === 'function' ? options.engine() : options.engine);
    const { platform } = engine;
    const parsed = String(file.value);
    const path = file.path ? realOf(file.path) : null;
    const real = path === null ? parsed : await readFile(path, 'utf8').catch(() => parsed);
    const positions = createPositions(path === null ? 'page' : pageName(path, platform.config), parsed, real);
    const { report, extraction, faults } = await judgePage(engine, tree, positions, path);

    const speech = options.speechOf?.(file.path) ?? english;
    const page: ElementContext = { platform, links: options.links, speech };
    const replace = createReplacer(engine, page, positions.file);
    for (const [index, located] of extraction.found.entries()) {
      const verdict = report.verdicts[index];
      if (!verdict) continue;
      const wrong = faults[index] ?? [];
      // What only warns still shows what it resolved to, and a link to a heading that is not there
      // leads to its page.
      if (wrong.some(isError) && verdict.statement.type !== 'link')
        mark(located, wrong, writtenOf(located, positions));
      else await replace(verdict, located);
    }
    for (const [index, located] of [...extraction.found.entries()].toReversed()) {
      const told = [...(faults[index] ?? []), ...(report.behind[index] ?? [])];
      const boxes = told.map((diagnostic) => live(faultElement(diagnostic, page)));
      placeAfter(located, boxes);
    }
    options.onPage?.(report);
  };
}

/** What is wrong stays as it was written; within a sentence the words are marked. */
function mark({ node }: Located, [first]: Diagnostic[], written: string): void {
  if (!first) return;
  const properties = { dataRule: first.rule, title: first.message.replaceAll('`', '') };
  if (node.type === 'inlineCode')
    become(node, h('span', { class: 'pl-fault-text', ...properties }, h('code', node.value)));
  else if (node.type === 'textDirective') dress(node, 'span', ['pl-fault-text'], { properties });
  else if (node.type === 'containerDirective') dress(node, 'div', ['pl-claim', 'pl-claim-block']);
  else if (node.type === 'leafDirective')
    become(node, h('p', h('code', { class: 'pl-fault-text', ...properties }, written)));
}

/**
 * Puts boxes behind the block that holds a statement: the nearest ancestor (or the node itself) that stands
 * among blocks.
 */
function placeAfter({ node, ancestors }: Located, boxes: RootContent[]): void {
  if (boxes.length === 0) return;
  const line: Nodes[] = [...ancestors, node];
  for (let depth = line.length - 1; depth > 0; depth -= 1) {
    const [parent, block] = [line[depth - 1], line[depth]];
    if (!parent || !block || !isFlow(parent)) continue;
    const index = (parent.children as Nodes[]).indexOf(block);
    if (index < 0) continue;
    (parent.children as RootContent[]).splice(index + 1, 0, ...boxes);
    return;
  }
}

function writtenOf({ start, end }: Located, positions: Positions): string {
  return positions.text.slice(start, end);
}

function isFlow(node: Nodes): node is Parents {
  const type: string = node.type;
  return (
    'children' in node &&
    [
      'root',
      'blockquote',
      'listItem',
      'containerDirective',
      'mdxJsxFlowElement',
      'footnoteDefinition',
    ].includes(type)
  );
}

export interface PluginOptions {
  engine: Engine | Promise<Engine> | (() => Engine | Promise<Engine>);
  links: PageLinks;
  /** The language of a page, by the path that it is rendered under; English without it. */
  speechOf?: (path: string | undefined) => Speech;
  /** Told once a page, with everything that was found on it. */
  onPage?: (page: PageReport) => void;
}
