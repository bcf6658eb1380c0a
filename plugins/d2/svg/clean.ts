import type { Element } from 'hast';
import { decoded } from '../allowed-icons.ts';
import { classesOf, replaceChild, text, visit } from './svg-tree.ts';

/**
 * Takes out of D2's SVG whatever it does not need to be a drawing. D2 passes raw HTML in Markdown labels
 * through as it is, scripts and handlers included, and writes any link and icon address: so elements and
 * attributes are let in by name, and a picture only with its bytes. A drawing asks nobody for anything.
 */
export function clean(svg: Element, icons: Record<string, string>): void {
  visit(svg, (element, parent) => {
    element.children = element.children.filter((node) => node.type === 'element' || node.type === 'text');
    const html = insideHtml.has(parent);
    if (html || element.tagName === 'foreignObject') insideHtml.add(element);
    const known = html ? htmlElements : svgElements;
    if (!known.has(element.tagName)) {
      replaceChild(parent, element);
      element.children = [];
      return;
    }
    if (html) cleanHtml(element, parent);
    else if (element.tagName === 'image' && !bringPicture(element, icons)) replaceChild(parent, element);
    else cleanSvg(element);
  });
}

function cleanSvg(element: Element): void {
  const kept: Element['properties'] = {};
  for (const [name, value] of Object.entries(element.properties)) {
    if (svgAttributes.has(name)) kept[name] = value;
  }
  if (element.tagName === 'a' || element.tagName === 'image') kept.href = text(element.properties.href);
  element.properties = kept;
}

/** False where the picture was not given, or is none. */
function bringPicture(element: Element, icons: Record<string, string>): boolean {
  const address = decoded(text(element.properties.href));
  const picture = Object.hasOwn(icons, address) ? (icons[address] ?? '') : '';
  element.properties.href = picture;
  return /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$/.test(picture);
}

function cleanHtml(element: Element, parent: Element): void {
  const { href, colSpan, rowSpan, start, align, style } = element.properties;
  const kept: Element['properties'] = { colSpan, rowSpan, start, align };
  // The one element of HTML that D2 itself makes; the rest is what an author wrote.
  if (parent.tagName === 'foreignObject') {
    kept.className = classesOf(element).filter((name) => name === 'md' || name.startsWith('color-'));
    const colour = /(?:^|;)\s*color:\s*(#[0-9a-f]{3,8}|[a-z]+)/i.exec(text(style))?.[1];
    if (colour !== undefined) kept.style = `color:${colour}`;
  }
  // A heading inside a drawing is big type, no part of the page's outline.
  if (/^h\d$/.test(element.tagName)) kept.role = 'presentation';
  if (element.tagName === 'a') kept.href = text(href);
  element.properties = kept;
}

const insideHtml = new WeakSet<Element>();

const svgElements = new Set(
  `svg g a defs marker mask pattern clipPath linearGradient radialGradient stop title path rect circle ellipse line polygon
  polyline text tspan image foreignObject filter feGaussianBlur feFlood feComposite feOffset feBlend`.split(
    /\s+/,
  ),
);

const htmlElements = new Set(
  `div span p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd samp var em strong b i u s del ins sub sup
  small mark abbr table thead tbody tfoot tr th td caption a`.split(/\s+/),
);

const svgAttributes = new Set(
  `className id x y x1 x2 y1 y2 cx cy r rx ry dx dy d points width height viewBox transform fill stroke opacity fillOpacity strokeOpacity strokeWidth
  strokeLineCap strokeLineJoin strokeDashArray strokeDashOffset style mask filter clipPath markerStart markerEnd markerWidth markerHeight markerUnits
  refX refY orient maskUnits patternUnits offset stopColor stopOpacity stdDeviation in in2 operator mode result floodColor
  floodOpacity preserveAspectRatio gradientUnits gradientTransform color`.split(/\s+/),
);
