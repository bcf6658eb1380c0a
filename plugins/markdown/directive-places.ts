import type { Nodes, Root } from 'mdast';
import type {} from 'remark';
import type { Data, Processor } from 'unified';
import type { Positions } from './positions.ts';

declare module 'mdast' {
  interface RootData {
    /** Of every directive, by the offset where it begins. */
    directives?: Map<number, DirectiveParts>;
  }
}

/**
 * unified plugin, beside `remark-directive`: keeps where the label and the attributes of each directive
 * stand, which the tree does not say. They are micromark's own tokens. Kept at the root, as Starlight takes a
 * directive without `data` for one that nobody handles.
 */
export function remarkDirectivePlaces(this: Processor): void {
  const data = this.data();
  data.fromMarkdownExtensions ??= [];
  data.fromMarkdownExtensions.push(directivePlaces);
}

/**
 * The parts of a directive with offsets in the real file; null for any other node, and for one that another
 * plugin made.
 * @throws where the tree was parsed without the plugin: every directive would be taken for an empty one.
 */
export function directiveParts(tree: Root, node: Nodes, positions: Positions): DirectiveParts | null {
  if (!isDirective(node)) return null;
  const places = tree.data?.directives;
  if (!places) throw new Error('the page was parsed without `remarkDirectivePlaces`');
  const parts = places.get(node.position?.start.offset ?? -1);
  return parts ? shifted(parts, positions.toReal(0)) : null;
}

export function isDirective(node: Nodes): node is Extract<Nodes, { type: `${string}Directive` }> {
  return node.type.endsWith('Directive');
}

/** The same parts, `by` characters later. */
export function shifted({ label, attributes, end }: DirectiveParts, by: number): DirectiveParts {
  const move = ({ start, end: to }: Range): Range => ({ start: start + by, end: to + by });
  return {
    label: label && move(label),
    attributes:
      attributes?.map(({ text, name, value }) => ({ text, name: move(name), value: value && move(value) })) ??
      null,
    end: end + by,
  };
}

/** Handlers of tokens that `mdast-util-directive` leaves alone: it takes their exits, these the entries. */
const directivePlaces: Extension = {
  // There, and empty, on a page without one: who asks sees that the plugin was there.
  transforms: [(tree) => void placesAt(tree)],
  enter: Object.fromEntries(
    ['directiveText', 'directiveLeaf', 'directiveContainer'].flatMap((kind) => [
      [`${kind}Name`, onPart(() => {})],
      [`${kind}LabelMarker`, onPart(onLabelMarker)],
      [`${kind}AttributesMarker`, onPart(onAttributesMarker)],
      [`${kind}AttributeName`, onPart(onAttribute)],
      [`${kind}AttributeId`, onPart(onAttribute)],
      [`${kind}AttributeClass`, onPart(onAttribute)],
      [`${kind}AttributeValueLiteral`, onPart(onQuoted)],
      [`${kind}AttributeValue`, onPart(onValue)],
    ]),
  ),
};

/** Hands a token to the parts of the directive that it is of. */
function onPart(handle: (parts: DirectiveParts, token: Range, text: string) => void) {
  return function (this: ThisParameterType<Handle>, token: Parameters<Handle>[0]): void {
    const { start, end } = token;
    const [root] = this.stack;
    const begin = this.stack.findLast((node) => node.type.endsWith('Directive'))?.position?.start.offset;
    if (root?.type !== 'root' || begin === undefined) return;
    const places = placesAt(root);
    const parts = places.get(begin) ?? { label: null, attributes: null, end: begin };
    places.set(begin, parts);
    handle(parts, { start: start.offset, end: end.offset }, this.sliceSerialize(token));
    parts.end = Math.max(parts.end, end.offset);
  };
}

function placesAt(root: Root): Map<number, DirectiveParts> {
  root.data ??= {};
  root.data.directives ??= new Map();
  return root.data.directives;
}

/** The first bracket opens the label, the second closes it. */
function onLabelMarker(parts: DirectiveParts, { start, end }: Range): void {
  if (parts.label) parts.label.end = start;
  else parts.label = { start: end, end };
}

function onAttributesMarker(parts: DirectiveParts): void {
  parts.attributes ??= [];
}

/** A name, or `#id` and `.class`, which none of our directives has. */
function onAttribute({ attributes }: DirectiveParts, name: Range, text: string): void {
  attributes?.push({ text, name, value: null });
}

function onQuoted({ attributes }: DirectiveParts, { start, end }: Range): void {
  const last = attributes?.at(-1);
  if (last) last.value = { start: start + 1, end: end - 1 };
}

function onValue({ attributes }: DirectiveParts, range: Range): void {
  const last = attributes?.at(-1);
  if (last) last.value ??= range;
}

type Extension = Exclude<NonNullable<Data['fromMarkdownExtensions']>[number], unknown[]>;
type Handle = NonNullable<NonNullable<Extension['enter']>['data']>;

/** Offsets. */
interface Range {
  start: number;
  end: number;
}

export interface DirectiveParts {
  /** Between the brackets; null where there are none. */
  label: Range | null;
  /** Null where there are no braces. */
  attributes: AttributeParts[] | null;
  /** After the last of its parts. */
  end: number;
}

export interface AttributeParts {
  /** The name as it is written. */
  text: string;
  name: Range;
  /** Without its quotes; null for a bare name. */
  value: Range | null;
}
