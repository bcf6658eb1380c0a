import type { Element } from 'hast';
import { classesOf, replaceChild, text, visit } from './tree.ts';

/**
 * Takes out of D2's SVG whatever it does not need to be a drawing. D2 passes raw HTML in Markdown labels through as it is, scripts
 * and handlers included, and writes any link and icon address: so elements and attributes are let in by name.
 */
export function clean(svg: Element): void {
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
    else cleanSvg(element);
  });
}

/** Whether an address may stand in a page: the web, mail, or a place on this site. */
export function safeHref(href: string): boolean {
  // Browsers skip control characters and spaces before and inside a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked past.
  const bare = href.replace(/[\u0000-\u0020\u007f-\u00a0]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  return scheme === undefined || ['http', 'https', 'mailto'].includes(scheme);
}

function cleanSvg(element: Element): void {
  const kept: Element['properties'] = {};
  for (const [name, value] of Object.entries(element.properties)) {
    if (svgAttributes.has(name)) kept[name] = value;
  }
  const source = text(element.properties.href);
  if (
    element.tagName === 'image' &&
    (safeHref(source) || /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(source))
  ) {
    kept.href = source;
  }
  if (element.tagName === 'a') kept.href = source;
  element.properties = kept;
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
