/**
 * Executes a parsed template. Source of the rules and the words: text/template's documentation and errors.
 */
import { spend, startWork } from './budget.ts';
import type { FunctionTable } from './functions.ts';
import type { Node, Pipeline, Template } from './nodes.ts';
import { pipeline, set } from './operands.ts';
import { print } from './print.ts';
import { failure, type MissingKey, type State } from './state.ts';
import { type GoValue, int, isInt, isNil, sortedEntries, truth } from './values.ts';

/**
 * The text that a template makes of the data.
 * @throws TemplateError in Go's words; UnknownValueError where the value cannot be known here.
 */
export function execute(
  template: Template,
  data: GoValue,
  functions: FunctionTable,
  missingKey: MissingKey,
): string {
  startWork();
  const state: State = {
    template,
    functions,
    missingKey,
    variables: [['$', data]],
    output: [],
    depth: 0,
    at: null,
  };
  walkAll(state, data, template.body);
  return state.output.join('');
}

function walkAll(state: State, dot: GoValue, nodes: readonly Node[]): Signal {
  const scope = state.variables.length;
  for (const node of nodes) {
    const signal = walk(state, dot, node);
    if (signal !== null) {
      state.variables.length = scope;
      return signal;
    }
  }
  state.variables.length = scope;
  return null;
}

function walk(state: State, dot: GoValue, node: Node): Signal {
  spend();
  switch (node.type) {
    case 'text':
      write(state, node.text);
      return null;
    case 'action': {
      const value = pipeline(state, dot, node.pipeline);
      if (node.pipeline.variables.length === 0) write(state, isNil(value) ? '<no value>' : print(value));
      return null;
    }
    case 'if':
    case 'with': {
      const scope = state.variables.length;
      const value = pipeline(state, dot, node.pipeline);
      const inner = node.type === 'with' && truth(value) ? value : dot;
      const signal = walkAll(state, inner, truth(value) ? node.body : (node.otherwise ?? []));
      state.variables.length = scope;
      return signal;
    }
    case 'range':
      return range(state, dot, node);
    case 'template':
      callTemplate(state, dot, node.name, node.pipeline);
      return null;
    default:
      return node.type;
  }
}

function range(state: State, dot: GoValue, node: Extract<Node, { type: 'range' | 'if' | 'with' }>): Signal {
  const scope = state.variables.length;
  const names = node.pipeline.variables;
  const value = pipeline(state, dot, { ...node.pipeline, variables: [] });
  const entries = entriesOf(state, value, node.pipeline);
  let ran = false;
  for (const [key, item] of entries) {
    ran = true;
    // Of a body with nothing in it nobody else counts the turns.
    spend();
    state.variables.length = scope;
    const [first, second] = names;
    if (second !== undefined) set(state, first ?? '', key, node.pipeline.assigns);
    const element = second ?? first;
    if (element !== undefined) set(state, element, isNil(item) ? undefined : item, node.pipeline.assigns);
    const signal = walkAll(state, item, node.body);
    if (signal === 'break') break;
  }
  state.variables.length = scope;
  return ran ? null : walkAll(state, dot, node.otherwise ?? []);
}

function entriesOf(state: State, value: GoValue, at: Pipeline): Iterable<[GoValue, GoValue]> {
  if (isNil(value)) return [];
  if (Array.isArray(value)) return value.map((item, index): [GoValue, GoValue] => [int(index), item]);
  if (value instanceof Map) return sortedEntries(value);
  if (isInt(value)) return count(Number(value.int));
  state.at = at;
  throw failure(state, `range can't iterate over ${print(value)}`);
}

/** `range 3`; endless numbers are stopped by the count of steps. */
function* count(end: number): Iterable<[GoValue, GoValue]> {
  for (let index = 0; index < end; index += 1) yield [int(index), int(index)];
}

function callTemplate(state: State, dot: GoValue, name: string, given: Pipeline | null): void {
  const body = state.template.named.get(name);
  if (body === undefined) throw failure(state, `template ${JSON.stringify(name)} not defined`);
  const data = given === null ? undefined : pipeline(state, dot, given);
  if (++state.depth > maximumDepth) throw failure(state, `exceeded maximum template depth (${maximumDepth})`);
  const outer = state.variables;
  state.variables = [['$', data]];
  walkAll(state, data, body);
  state.variables = outer;
  state.depth -= 1;
}

function write(state: State, text: string): void {
  spend(text.length);
  state.output.push(text);
}

const maximumDepth = 1000;

type Signal = 'break' | 'continue' | null;
