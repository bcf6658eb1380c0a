/**
 * A template as YAML that can be read: every branch of it, each action a word that stands for it, helpers
 * written out where they are included. Where each character was written is known.
 */
import type { Command, Node, Operand, Pipeline } from '../../template/index.ts';
import { type ReadPath, referencesOf, type Scope, soleReference } from './references.ts';

export function writeSkeleton(file: string, body: readonly Node[], helpers: Helpers): Skeleton {
  const lines: Line[] = [{ text: '', spans: [] }];
  const slots: Slot[] = [];
  let size = 0;
  let blocks = 0;
  const root: Scope = { dot: [], variables: new Map([['$', []]]) };
  write(body, { file, scope: root, block: 0, loop: false, indent: 0, depth: 0, site: null });
  return finish();

  function write(nodes: readonly Node[], outer: Where): void {
    const variables = new Map(outer.scope.variables);
    const where: Where = { ...outer, scope: { dot: outer.scope.dot, variables } };
    for (const node of nodes) {
      if (size > maxSize) return;
      if (node.type === 'text') addText(node.text, node.offset, where);
      else if (node.type === 'action') action(node.pipeline, where, variables);
      else if (node.type === 'template') include(node.name, node.pipeline, null, where, node.offset);
      else if ('body' in node) control(node, where);
    }
  }

  function control(node: Extract<Node, { type: 'if' | 'with' | 'range' }>, where: Where): void {
    const { dot } = where.scope;
    const variables = new Map(where.scope.variables);
    const read = soleReference(node.pipeline, where.scope);
    const each: ReadPath | null = node.type === 'range' && read !== null ? [...read, null] : read;
    const value = node.pipeline.variables.at(-1);
    // The key or number of an item is nothing that is written as a value.
    for (const name of node.pipeline.variables) variables.set(name, name === value ? each : null);
    const inner: Scope = { dot: node.type === 'if' ? dot : each, variables };
    const loop = where.loop || node.type === 'range';
    write(node.body, { ...where, scope: inner, block: ++blocks, loop });
    if (node.otherwise) write(node.otherwise, { ...where, block: ++blocks });
  }

  function action(pipeline: Pipeline, where: Where, variables: Map<string, ReadPath | null>): void {
    const [name] = pipeline.variables;
    if (name !== undefined) {
      variables.set(name, pipeline.assigns ? null : soleReference(pipeline, where.scope));
      return;
    }
    const [head, ...rest] = pipeline.commands;
    const shift = rest.map(shiftOf).find((one) => one !== undefined) ?? null;
    const [called, named, argument] = head?.operands ?? [];
    const helper = named?.type === 'literal' && typeof named.value === 'string' ? named.value : undefined;
    if (called?.type === 'function' && called.name === 'include' && helper !== undefined)
      if (include(helper, argument ?? null, shift, where, pipeline.offset)) return;
    addShift(shift, where, pipeline.offset);
    slots.push({ references: referencesOf(pipeline, where.scope) });
    addWord(`${opening}${slots.length - 1}${closing}`, pipeline.offset, where, true);
  }

  /** False where the helper is not known, or lies too deep. */
  function include(
    name: string,
    argument: Pipeline | Operand | null,
    shift: Shift | null,
    where: Where,
    offset: number,
  ): boolean {
    const helper = helpers.get(name);
    if (helper === undefined || where.depth >= maxDepth || size > maxSize) return false;
    const [dot = null, ...more] = argument === null ? [] : referencesOf(argument, where.scope);
    const passed = more.length === 0 ? dot : null;
    // What is a part of a line was written on that line, whatever the helper makes of it.
    const isPart = shift === null && lines.at(-1)?.text.trim() !== '';
    const site = where.site ?? (isPart ? { file: where.file, offset } : null);
    addShift(shift, where, helper.offset);
    write(helper.body, {
      file: helper.file,
      scope: { dot: passed, variables: new Map([['$', passed]]) },
      block: where.block,
      loop: where.loop,
      indent: shift?.by ?? where.indent,
      depth: where.depth + 1,
      site,
    });
    return true;
  }

  function addShift(shift: Shift | null, where: Where, offset: number): void {
    if (shift === null) return;
    if (shift.breaks) lines.push({ text: '', spans: [] });
    const line = lines.at(-1);
    if (line === undefined || line.text.trim() !== '') return;
    const missing = ' '.repeat(Math.max(0, shift.by - line.text.length));
    if (missing !== '') addWord(missing, offset, where);
  }

  function addText(text: string, offset: number, where: Where): void {
    let at = offset;
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) {
        lines.push({ text: '', spans: [] });
        if (where.indent > 0) addWord(' '.repeat(where.indent), at, where);
      }
      addWord(part, at, where);
      at += part.length + 1;
    }
  }

  function addWord(text: string, offset: number, where: Where, slot = false): void {
    const line = lines.at(-1);
    if (line === undefined || text === '') return;
    const { block, loop, site } = where;
    const from = line.text.length;
    line.spans.push({
      from,
      block,
      loop,
      ...(site ? { ...site, slot: true } : { file: where.file, offset, slot }),
    });
    line.text += text;
    size += text.length + 1;
  }

  function finish(): Skeleton {
    let text = '';
    const spans: Span[] = [];
    for (const line of lines) {
      for (const span of line.spans) spans.push({ ...span, from: text.length + span.from });
      // What stands alone on its line is a part of the mapping around it.
      text += `${line.text}${alone.test(line.text) ? ': ' : ''}\n`;
    }
    return { text, spans, slots };
  }
}

/** Numbers of the slots in a text, in sequence. */
export function slotsIn(text: string): number[] {
  return [...text.matchAll(slotPattern)].map(([, index]) => Number(index));
}

/** True of a text that is one slot and nothing else. */
export function isSlot(text: string): boolean {
  return alone.test(text);
}

/** `nindent 4`, `indent 4`. */
function shiftOf({ operands }: Command): Shift | undefined {
  const [head, by] = operands;
  if (head?.type !== 'function' || by?.type !== 'literal') return undefined;
  if (head.name !== 'nindent' && head.name !== 'indent') return undefined;
  const columns = Number(by.text);
  return columns >= 0 && columns <= maxIndent ? { by: columns, breaks: head.name === 'nindent' } : undefined;
}

// Of Unicode's private use: no template holds them, and YAML takes them for letters.
const opening = '\uE000';
const closing = '\uE001';
const slotPattern = /\uE000(\d+)\uE001/g;
const alone = /^\s*\uE000\d+\uE001\s*$/;
const maxDepth = 6;
const maxSize = 500_000;
const maxIndent = 200;

export interface Skeleton {
  /** YAML, where the template is such that it can be read. */
  text: string;
  /** By `from`. */
  spans: Span[];
  /** By the number in their words. */
  slots: Slot[];
}
/** A part of the skeleton that was written in one go. */
export interface Span {
  from: number;
  file: string;
  offset: number;
  /** The branch that it stands in; 0 for none. */
  block: number;
  /** True where it is written once for each of several items. */
  loop: boolean;
  /** True where it stands for an action, whose inside `offset` is then. */
  slot: boolean;
}
interface Slot {
  references: ReadPath[];
}
/** What `define` names, in any template of a chart. */
export type Helpers = ReadonlyMap<string, { file: string; offset: number; body: readonly Node[] }>;

interface Shift {
  by: number;
  /** True where a line ends before. */
  breaks: boolean;
}
interface Line {
  text: string;
  /** `from` within the line. */
  spans: Span[];
}
interface Where {
  file: string;
  scope: Scope;
  block: number;
  loop: boolean;
  /** Of each line but the first. */
  indent: number;
  depth: number;
  /** Where the helper is included that this is a part of, if a line goes on with it. */
  site: { file: string; offset: number } | null;
}
