import GithubSlugger, { slug } from 'github-slugger';
import type { Element } from 'hast';
import { createNumbering, digestOf } from '../../base/index.ts';
import { type DrawnDiagram, tipOf } from '../../checks/index.ts';
import type { D2Input, RenderOptions } from '../../d2/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Speech } from '../../words/index.ts';
import { type Board, type Panel, sequencesOf } from './board-tabs.ts';
import { diagramElement, titleOf } from './diagram-element.ts';
import { turnedForm } from './forms.ts';
import type { ElementContext } from './hast.ts';
import { addressOf } from './link.ts';
import type { Picture } from './pictures.ts';

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
    const pictures = new Map<string, Picture>();
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
): Promise<Picture> {
  const { board, caption } = panel;
  const { speech } = page;
  const title = titleOf(drawing, speech);
  const own = drawing.boards.find(({ id }) => id === board.id);
  const told = [
    ...(own ? [own.said] : drawing.said.description).map(speech.said),
    ...edgesOf(drawing, board, speech),
  ];
  const options: RenderOptions = {
    salt,
    title: panels.length > 1 ? `${title}: ${caption}` : title,
    description: told.join(' '),
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
  };
  const { fromHtml } = await import('hast-util-from-html');
  const drawnOf = async (input: D2Input, salt: string, least: number) => ({
    nodes: fromHtml(await engine.d2.render(input, { ...options, salt }), {
      fragment: true,
      space: 'svg',
    }).children.filter((child) => child.type === 'element'),
    least,
  });
  const [drawn, turned] = await Promise.all([
    drawnOf(drawing.input, salt, board.least),
    turnedForm(engine, drawing.input, board),
  ]);
  return { drawn, turned: turned && (await drawnOf(turned.input, `${salt}-down`, turned.least)) };
}

/** What the edges of a view's drawing say, which its own description only counts. */
function edgesOf({ view }: DrawnDiagram, board: Board, { say }: Speech): string[] {
  if (view === null || board.edges.length === 0) return [];
  const told = board.edges.map(({ from, to, label }) =>
    `${from} ${label || '→'} ${to}`.replaceAll(/\s+/g, ' '),
  );
  const names = told.slice(0, mostTold).join('; ');
  const count = told.length - mostTold;
  return [`${count > 0 ? say('names.more', { names, count }) : names}.`];
}

/** Edges that a description tells one by one. */
const mostTold = 20;

interface PanelDrawing {
  drawing: DrawnDiagram;
  panel: Panel;
  panels: Panel[];
  salt: string;
}
