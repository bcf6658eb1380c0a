import GithubSlugger, { slug } from 'github-slugger';
import type { Element, ElementContent } from 'hast';
import { createNumbering, digestOf } from '../../base/index.ts';
import { type DrawnDiagram, tipOf } from '../../checks/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { Unverified } from '../../source/index.ts';
import { type Panel, sequencesOf } from './board-tabs.ts';
import { diagramElement, titleOf } from './diagram-element.ts';
import type { ElementContext } from './hast.ts';
import { addressOf } from './link.ts';

/** Draws the diagrams of one page, so that no two of them share an id, even where they are the same. */
export function createDrawer(
  engine: Engine,
  page: ElementContext,
  file: string,
): (drawing: DrawnDiagram, unverified: Unverified[]) => Promise<Element> {
  const own = createNumbering();
  const saltOf = ({ input }: DrawnDiagram) => own(digestOf(`${file}\0${input.source}`, 10));
  const names = new GithubSlugger();

  return async (drawing, unverified) => {
    const salt = saltOf(drawing);
    const name = names.slug(slug(drawing.title) || 'diagram');
    const boards = new GithubSlugger();
    // A heading's id has no dot, so none is the same.
    const sequences = sequencesOf(drawing, page.speech, (board) => `${name}.${boards.slug(board)}`);
    const panels = sequences.flatMap((sequence) => sequence.panels);
    const pictures = new Map<string, ElementContent[]>();
    for (const [index, panel] of panels.entries()) {
      const own = index === 0 ? salt : `${salt}-b${index}`;
      pictures.set(panel.anchor, await drawPanel(engine, page, { drawing, panel, panels, salt: own }));
    }
    return diagramElement(drawing, { sequences, pictures, unverified }, page);
  };
}

async function drawPanel(
  engine: Engine,
  page: ElementContext,
  { drawing, panel, panels, salt }: PanelDrawing,
): Promise<ElementContent[]> {
  const { board, caption } = panel;
  const { speech } = page;
  const title = titleOf(drawing, speech);
  const own = drawing.boards.find(({ id }) => id === board.id);
  const svg = await engine.d2.render(drawing.input, {
    salt,
    title: panels.length > 1 ? `${title}: ${caption}` : title,
    description: (own ? [own.said] : drawing.said.description).map(speech.said).join(' '),
    ...(board.id === '' ? {} : { board: board.id }),
    tip: tipOf(engine.platform, drawing, board.id === '' ? undefined : board.id),
    resolveLink(link, shape) {
      const target = panels.find((one) => one.board.id === (link === 'root' ? '' : link));
      if (target)
        return { href: `#${target.anchor}`, title: speech.say('figure.opens', { board: target.caption }) };
      if (link === 'root' || drawing.boards.some(({ id }) => id === link)) return null;
      if (!link.startsWith('gitops:')) {
        const lead = Object.hasOwn(drawing.leads, link) ? drawing.leads[link] : undefined;
        return { href: (lead && addressOf(lead, page.links)) ?? link, title: '' };
      }
      const id = board.bound[shape];
      const resource = id === undefined ? undefined : engine.platform.resource(id);
      const href = resource ? page.links.resource(resource) : null;
      return resource && href !== null ? { href, title: engine.platform.referenceOf(resource) } : null;
    },
  });
  const { fromHtml } = await import('hast-util-from-html');
  return fromHtml(svg, { fragment: true, space: 'svg' }).children.filter((child) => child.type === 'element');
}

interface PanelDrawing {
  drawing: DrawnDiagram;
  panel: Panel;
  panels: Panel[];
  salt: string;
}
