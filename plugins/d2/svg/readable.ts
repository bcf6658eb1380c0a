import type { Element } from 'hast';
import { classColours } from '../classes.ts';
import type { CompiledDrawing } from '../types.ts';
import { type Box, boxOf, contains } from './boxes.ts';
import { type Rgb, readableOn, rgbOf } from './contrast.ts';
import { type Objects, outlineOf } from './objects.ts';
import { classesOf, replaceChild, svgElement, text, visit } from './svg-tree.ts';

/**
 * Mends what an author's own fill would make unreadable. Such a fill is the same in both themes while a text
 * without a colour of its own follows the theme; so the text on it, and the lines and labels that run over
 * it, take the darker or lighter ink that reads better there. A label that D2 puts outside its shape is not
 * on the fill that its colour was chosen for.
 */
export function keepReadable(svg: Element, objects: Objects, compiled: CompiledDrawing): void {
  const grounds = new Map<string, Ground>();
  for (const [id, group] of objects.shapes) {
    const outline = outlineOf(group);
    grounds.set(id, { box: outline === null ? null : boxOf(outline), fill: fillOf(outline) });
  }
  for (const [id, group] of objects.shapes) {
    const own = grounds.get(id);
    visit(group, (element) => {
      if (element.tagName !== 'text') return;
      const point = pointOf(element);
      const outside = own?.box ? !contains(own.box, point) : false;
      if (outside && own?.fill !== null && own?.fill !== 'theme') element.properties.fill = undefined;
      ink(element, outside || own?.fill === null ? groundAt(grounds, point, id) : (own?.fill ?? null));
    });
  }
  const markers = markerCopies(svg);
  for (const { id, from, to } of compiled.edges) {
    const group = objects.edges.get(id);
    if (group === undefined) continue;
    const behind = groundOf(grounds, commonParent(from, to, objects), objects);
    visit(group, (element, parent) => {
      // A marker is drawn with its first edge and shared by the others.
      if (element.tagName === 'marker' || inMarker.has(parent)) return void inMarker.add(element);
      ink(element, element.tagName === 'text' ? groundAt(grounds, pointOf(element), null) : behind);
      for (const end of ['markerStart', 'markerEnd']) {
        const marker = text(element.properties[end]);
        if (marker !== '' && isRgb(behind)) element.properties[end] = markers(marker, behind);
      }
    });
  }
}

function ink(element: Element, behind: Fill): void {
  if (!isRgb(behind)) return;
  const value = readableOn(behind, darkInk, lightInk);
  for (const name of classesOf(element)) {
    const property = /^(fill|stroke)-(?:N1|N2|B1|B2)$/.exec(name)?.[1];
    if (property !== undefined) element.properties[property] ??= value;
  }
  if (
    element.tagName === 'text' &&
    element.properties.fill === undefined &&
    !text(element.properties.className).includes('fill-')
  ) {
    element.properties.fill = value;
  }
}

/** Edges share markers by look; an edge with an ink of its own gets a copy in it. */
function markerCopies(svg: Element): (reference: string, behind: Rgb) => string {
  const originals = new Map<string, { marker: Element; parent: Element }>();
  const copies = new Map<string, Element>();
  visit(svg, (marker, parent) => {
    if (marker.tagName === 'marker') originals.set(text(marker.properties.id), { marker, parent });
  });
  return (reference, behind) => {
    const id = /#([^'")]+)/.exec(reference)?.[1] ?? '';
    const original = originals.get(id);
    if (original === undefined) return reference;
    const copyId = `${id}-${readableOn(behind, 'dark', 'light') === 'dark' ? 'dark' : 'light'}`;
    if (!copies.has(copyId)) {
      const copy = structuredClone(original.marker);
      copy.properties.id = copyId;
      visit(svgElement('g', {}, [copy]), (element) => ink(element, behind));
      replaceChild(original.parent, original.marker, original.marker, copy);
      copies.set(copyId, copy);
    }
    return `url(#${copyId})`;
  };
}

/** What is painted behind a point: the fill of the smallest shape around it that has one. */
function groundAt(grounds: Map<string, Ground>, point: [number, number], except: string | null): Fill {
  let best: Ground | null = null;
  for (const [id, ground] of grounds) {
    if (id === except || ground.box === null || ground.fill === null || !contains(ground.box, point))
      continue;
    if (best?.box == null || area(ground.box) < area(best.box)) best = ground;
  }
  return best?.fill ?? null;
}

function groundOf(grounds: Map<string, Ground>, id: string | null, objects: Objects): Fill {
  for (let at = id; at !== null; at = objects.parentOf(at)) {
    const fill = grounds.get(at)?.fill ?? null;
    if (fill !== null) return fill;
  }
  return null;
}

/** An author's fill of one plain colour; the theme's and the classes' follow the theme. */
function fillOf(outline: Element | null): Fill {
  const fill = text(outline?.properties.fill);
  if (outline === null || fill === 'transparent') return null;
  return classColours.has(fill.toLowerCase()) ? 'theme' : (rgbOf(fill) ?? 'theme');
}

function isRgb(fill: Fill): fill is Rgb {
  return fill !== null && fill !== 'theme';
}

function pointOf(label: Element): [number, number] {
  // The baseline is D2's y; the middle of the letters is a little above it.
  return [Number(text(label.properties.x)), Number(text(label.properties.y)) - 5];
}

function area({ width, height }: Box): number {
  return width * height;
}

function commonParent(from: string, to: string, objects: Objects): string | null {
  const above = new Set<string>();
  for (let at: string | null = from; at !== null; at = objects.parentOf(at)) above.add(at);
  // An edge between a container and something in it runs inside the container.
  for (let at: string | null = to; at !== null; at = objects.parentOf(at)) {
    if (above.has(at) && (at !== from || at !== to)) return at;
  }
  return null;
}

const inMarker = new WeakSet<Element>();
const darkInk = '#1c2430';
const lightInk = '#f4f6fa';

/** Null where nothing is painted. */
type Fill = Rgb | 'theme' | null;

interface Ground {
  box: Box | null;
  fill: Fill;
}
