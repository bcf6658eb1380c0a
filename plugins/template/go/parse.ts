/** Tokens → tree, refusing what Go refuses: unknown functions and variables, blocks that are not closed. */
import { close, fail, maximumDepth, type Parser, peek, skipSpace, take, unexpected } from './cursor.ts';
import { lex } from './lex.ts';
import { unquote } from './literals.ts';
import type { Node, Template } from './nodes.ts';
import { pipeline } from './pipelines.ts';

/** @throws TemplateError with Go's words. */
export function parseTemplate(text: string, isFunction: (name: string) => boolean): Template {
  const parser: Parser = {
    text,
    tokens: lex(text),
    next: 0,
    variables: ['$'],
    named: new Map(),
    loops: 0,
    depth: 0,
    isFunction,
  };
  const { nodes, stop } = list(parser);
  if (stop !== null) throw fail(parser, `unexpected {{${stop}}}`);
  return { text, body: nodes, named: parser.named };
}

/** Nodes until the text ends (`stop` null), or `else` or `end`, whose word is consumed. */
function list(parser: Parser): { nodes: Node[]; stop: 'else' | 'end' | null } {
  if (++parser.depth > maximumDepth) throw fail(parser, 'blocks are nested too deeply');
  const nodes: Node[] = [];
  for (;;) {
    const token = take(parser);
    if (token.type === 'end') {
      parser.depth -= 1;
      return { nodes, stop: null };
    }
    if (token.type === 'text') {
      nodes.push({ type: 'text', text: token.text, offset: token.offset });
      continue;
    }
    const word = skipSpace(parser);
    const keyword = word.type === 'word' ? word.text : '';
    if (keyword === 'else' || keyword === 'end') {
      take(parser);
      parser.depth -= 1;
      if (keyword === 'end') close(parser, 'end');
      return { nodes, stop: keyword };
    }
    const node = action(parser, keyword);
    if (node !== null) nodes.push(node);
  }
}

function action(parser: Parser, keyword: string): Node | null {
  const { offset } = peek(parser);
  switch (keyword) {
    case 'if':
    case 'with':
    case 'range':
      take(parser);
      return control(parser, keyword, offset);
    case 'break':
    case 'continue':
      take(parser);
      if (parser.loops === 0) throw fail(parser, `{{${keyword}}} outside {{range}}`);
      close(parser, keyword);
      return { type: keyword };
    case 'template': {
      take(parser);
      const name = templateName(parser, keyword);
      const pipe = skipSpace(parser).type === 'close' ? null : pipeline(parser, 'template clause');
      close(parser, 'template clause');
      return { type: 'template', name, pipeline: pipe, offset };
    }
    case 'define':
      take(parser);
      definition(parser, null);
      return null;
    case 'block': {
      take(parser);
      const name = templateName(parser, 'block clause');
      const pipe = pipeline(parser, 'block clause');
      definition(parser, name);
      return { type: 'template', name, pipeline: pipe, offset };
    }
    default: {
      const before = parser.variables.length;
      const node: Node = { type: 'action', pipeline: pipeline(parser, 'command') };
      if (node.pipeline.assigns) parser.variables.length = before;
      close(parser, 'command');
      return node;
    }
  }
}

function definition(parser: Parser, given: string | null): void {
  const name = given ?? templateName(parser, 'define clause');
  close(parser, 'define clause');
  const outer = { variables: parser.variables, loops: parser.loops };
  parser.variables = ['$'];
  parser.loops = 0;
  const { nodes, stop } = list(parser);
  if (stop !== 'end')
    throw fail(parser, stop === null ? 'unexpected EOF' : `unexpected {{${stop}}} in define clause`);
  parser.variables = outer.variables;
  parser.loops = outer.loops;
  parser.named.set(name, nodes);
}

function templateName(parser: Parser, context: string): string {
  skipSpace(parser);
  const token = take(parser);
  const name =
    token.type === 'raw' ? token.text.slice(1, -1) : token.type === 'string' ? unquote(token.text) : null;
  if (name === null) throw unexpected(parser, token, context);
  return name;
}

function control(parser: Parser, type: 'if' | 'with' | 'range', offset: number): Node {
  const outer = parser.variables.length;
  const pipe = pipeline(parser, type);
  close(parser, type);
  if (type === 'range') parser.loops += 1;
  const first = list(parser);
  if (type === 'range') parser.loops -= 1;
  if (first.stop === null) throw fail(parser, 'unexpected EOF');
  let otherwise: Node[] | null = null;
  if (first.stop === 'else') {
    const chained = skipSpace(parser);
    if (chained.type === 'word' && chained.text === type && type !== 'range') {
      take(parser);
      otherwise = [control(parser, type, chained.offset)];
    } else {
      close(parser, 'else');
      const second = list(parser);
      if (second.stop !== 'end')
        throw fail(parser, second.stop === null ? 'unexpected EOF' : 'expected end; found {{else}}');
      otherwise = second.nodes;
    }
  }
  parser.variables.length = outer;
  return { type, pipeline: pipe, body: first.nodes, otherwise, offset };
}
