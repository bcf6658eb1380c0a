/**
 * A template as YAML that can be read: every branch of it, each action a word that stands for it, helpers
 * written out where they are included. Where each character was written is known.
 */
import type { Command, Node, Operand, Pipeline } from '../../template/index.ts';
import { type ReadPath, referencesOf, type Scope, soleReference } from './references.ts';
import { openLines, type Shift, type Span, slotWord, type WrittenAt } from './skeleton-lines.ts';

export function writeSkeleton(file: string, body: readonly Node[], helpers: Helpers): Skeleton {
  const lines = openLines();
  const slots: Slot[] = [];
  let blocks = 0;
  const root: Scope = { dot: [], variables: new Map([['$', []]]) };
  write(body, { file, scope: root, block: 0, loop: false, indent: 0, depth: 0, site: null });
  return { ...lines.whole(), slots };

  function write(nodes: readonly Node[], outer: Where): void {
    const variables = new Map(outer.scope.variables);
    const where: Where = { ...outer, scope: { dot: outer.scope.dot, variables } };
    for (const node of nodes) {
      if (lines.isFull()) return;
      if (node.type === 'text') lines.text(node.text, node.offset, where);
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
    lines.shift(shift, where, pipeline.offset);
    slots.push({ references: referencesOf(pipeline, where.scope) });
    lines.word(slotWord(slots.length - 1), pipeline.offset, where, true);
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
    if (helper === undefined || where.depth >= maxDepth || lines.isFull()) return false;
    const [dot = null, ...more] = argument === null ? [] : referencesOf(argument, where.scope);
    const passed = more.length === 0 ? dot : null;
    // What is a part of a line was written on that line, whatever the helper makes of it.
    const isPart = shift === null && lines.isBegun();
    const site = where.site ?? (isPart ? { file: where.file, offset } : null);
    lines.shift(shift, where, helper.offset);
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
}

/** `nindent 4`, `indent 4`. */
function shiftOf({ operands }: Command): Shift | undefined {
  const [head, by] = operands;
  if (head?.type !== 'function' || by?.type !== 'literal') return undefined;
  if (head.name !== 'nindent' && head.name !== 'indent') return undefined;
  const columns = Number(by.text);
  return columns >= 0 && columns <= maxIndent ? { by: columns, breaks: head.name === 'nindent' } : undefined;
}

const maxDepth = 6;
const maxIndent = 200;

export interface Skeleton {
  /** YAML, where the template is such that it can be read. */
  text: string;
  /** By `from`. */
  spans: Span[];
  /** By the number in their words. */
  slots: Slot[];
}
interface Slot {
  references: ReadPath[];
}
/** What `define` names, in any template of a chart. */
export type Helpers = ReadonlyMap<string, { file: string; offset: number; body: readonly Node[] }>;

interface Where extends WrittenAt {
  scope: Scope;
  depth: number;
}
