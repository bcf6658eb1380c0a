/**
 * Pipelines, operands and calls. Source of the rules and the words: text/template's documentation and errors.
 */
import { spend } from './budget.ts';
import { NilPointerError, TemplateError, UnknownValueError } from './errors.ts';
import { assign, type GoFunction, goNames, type Kind } from './functions.ts';
import { type Command, type Operand, type Pipeline, show } from './nodes.ts';
import { failure, type State } from './state.ts';
import { type GoValue, isStringMap, isStruct, truth, typeName } from './values.ts';

/** The value of a pipeline, which also declares or assigns its variables. */
export function pipeline(state: State, dot: GoValue, node: Pipeline): GoValue {
  spend();
  state.at = node;
  let value: GoValue;
  for (const [index, item] of node.commands.entries()) {
    value = command(state, dot, item, index === 0 ? [] : [value]);
    // The pipe takes the value out of its interface: a nil that was there becomes nothing at all.
    if (value === null) value = undefined;
  }
  for (const name of node.variables) set(state, name, value, node.assigns);
  return value;
}

export function set(state: State, name: string, value: GoValue, assigns: boolean): void {
  const known = assigns ? state.variables.findLast(([other]) => other === name) : undefined;
  if (known !== undefined) known[1] = value;
  else state.variables.push([name, value]);
}

function command(state: State, dot: GoValue, node: Command, piped: GoValue[]): GoValue {
  const [head, ...rest] = node.operands;
  if (head === undefined) throw failure(state, 'empty command');
  state.at = head;
  if (head.type === 'function') return callFunction(state, dot, node, head.name, rest, piped);
  if (rest.length > 0 || piped.length > 0) {
    if (
      head.type === 'field' ||
      head.type === 'chain' ||
      (head.type === 'variable' && head.path.length > 0)
    ) {
      const called = method(state, dot, head, rest, piped);
      if (called !== undefined) return called;
      throw failure(state, `${head.path.at(-1)} is not a method but has arguments`);
    }
    throw failure(state, `can't give argument to non-function ${show(head)}`);
  }
  if (head.type === 'nil') throw failure(state, 'nil is not a command');
  return operand(state, dot, head);
}

function operand(state: State, dot: GoValue, node: Operand): GoValue {
  state.at = node;
  switch (node.type) {
    case 'dot':
      return dot;
    case 'nil':
      return undefined;
    case 'literal':
      return node.value;
    case 'field':
      return fields(state, dot, node.path, node);
    case 'variable': {
      const value = state.variables.findLast(([name]) => name === node.name)?.[1];
      return fields(state, value, node.path, node);
    }
    case 'chain':
      if (node.of.type === 'nil') throw failure(state, 'indirection through explicit nil in <nil>');
      return fields(state, operand(state, dot, node.of), node.path, node);
    case 'function':
      return callFunction(
        state,
        dot,
        { type: 'command', operands: [node], offset: node.offset },
        node.name,
        [],
        [],
      );
    default: {
      const scope = state.variables.length;
      const value = pipeline(state, dot, node);
      state.variables.length = scope;
      return value;
    }
  }
}

function fields(state: State, start: GoValue, path: readonly string[], node: Operand): GoValue {
  let current = start;
  for (const [index, name] of path.entries()) {
    state.at = node;
    if (current === undefined) {
      if (state.missingKey === 'error')
        throw failure(state, `nil data; no entry for key ${JSON.stringify(name)}`);
      continue;
    }
    if (current === null) throw failure(state, `nil pointer evaluating interface {}.${name}`, true);
    if (current instanceof Map) {
      const map = current;
      if (map.has(name)) current = map.get(name);
      else if (state.missingKey === 'error')
        throw failure(state, `map has no entry for key ${JSON.stringify(name)}`, true);
      else if (state.missingKey === 'zero') current = isStringMap(map) ? '' : null;
      else current = undefined;
    } else if (isStruct(current) && current.fields.has(name)) current = current.fields.get(name);
    else {
      const called = isStruct(current) ? current.method?.(name, []) : undefined;
      if (called !== undefined) {
        current = called;
        continue;
      }
      const type = index > 0 || node.type === 'field' ? 'interface {}' : typeName(current);
      throw failure(state, `can't evaluate field ${name} in type ${index === 0 ? typeName(current) : type}`);
    }
  }
  return current;
}

/** A method with arguments; undefined where the value has none of the name. */
function method(
  state: State,
  dot: GoValue,
  node: Extract<Operand, { path: unknown }>,
  rest: readonly Operand[],
  piped: readonly GoValue[],
): GoValue {
  const name = node.path.at(-1) ?? '';
  const owner = operand(state, dot, { ...node, path: node.path.slice(0, -1) });
  if (!isStruct(owner) || owner.method === undefined) return undefined;
  const args = rest.map((item) => argument(state, dot, item, 'any') as GoValue);
  return owner.method(name, [...args, ...piped]);
}

function callFunction(
  state: State,
  dot: GoValue,
  node: Command,
  name: string,
  rest: readonly Operand[],
  piped: GoValue[],
): GoValue {
  const known = state.functions[name];
  if (known === undefined) throw failure(state, `${JSON.stringify(name)} is not a defined function`);
  const given = rest.length + piped.length;
  const wanted = known.parameters.length;
  if (given < wanted || (known.rest === null && given > wanted)) {
    const least = known.rest === null ? '' : 'at least ';
    throw failure(state, `wrong number of args for ${name}: want ${least}${wanted} got ${given}`);
  }
  if (name === 'and' || name === 'or') return shortCut(state, dot, name, rest, piped);
  const args = [...rest.keys()].map((index) => argument(state, dot, rest[index], kindAt(known, index)));
  state.at = node;
  for (const value of piped) args.push(checked(state, value, kindAt(known, args.length)));
  try {
    spend();
    const value = known.call(...args);
    spend(sizeOf(value));
    return value;
  } catch (error) {
    if (error instanceof TemplateError || error instanceof UnknownValueError || !(error instanceof Error))
      throw error;
    throw failure(state, `error calling ${name}: ${error.message}`, error instanceof NilPointerError);
  }
}

function shortCut(
  state: State,
  dot: GoValue,
  name: 'and' | 'or',
  rest: readonly Operand[],
  piped: GoValue[],
): GoValue {
  let value: GoValue;
  for (const node of rest) {
    value = argument(state, dot, node, 'any') as GoValue;
    if (truth(value) === (name === 'or')) return value;
  }
  return piped.length > 0 ? piped[0] : value;
}

const kindAt = (known: GoFunction, index: number): Kind => known.parameters[index] ?? known.rest ?? 'any';

function argument(state: State, dot: GoValue, node: Operand | undefined, kind: Kind): unknown {
  if (node === undefined) return undefined;
  if (node.type === 'literal' && kind !== 'any') {
    state.at = node;
    const { value, fraction } = node;
    if (kind === 'float64' && fraction !== undefined) return fraction;
    if (kind === 'int' && fraction !== undefined && Number.isInteger(fraction)) return fraction;
    if (typeof value === kind || (kind === 'bool' && typeof value === 'boolean')) return value;
    const expected = { string: 'string', bool: 'bool', int: 'integer', float64: 'float' }[kind as string];
    throw failure(
      state,
      expected === undefined
        ? `can't handle ${node.text} for arg of type ${goNames[kind]}`
        : `expected ${expected}; found ${node.text}`,
    );
  }
  if (node.type === 'nil') {
    if (kind === 'any' || kind === 'map' || kind === 'list') return assign(undefined, kind);
    state.at = node;
    throw failure(state, `cannot assign nil to ${goNames[kind]}`);
  }
  const value = operand(state, dot, node);
  return checked(state, value, kind);
}

function checked(state: State, value: GoValue, kind: Kind): unknown {
  try {
    return assign(value, kind);
  } catch (error) {
    throw failure(state, error instanceof Error ? error.message : String(error));
  }
}

/** What a value costs to make. */
function sizeOf(value: GoValue): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : 1;
}
