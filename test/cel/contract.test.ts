/**
 * What `plugins/cel` relies on in the engine beyond its published types. An upgrade that changes one of
 * these fails here, and the title says what it is for: mend the module that is named, nothing else.
 */
import {
  type ASTNode,
  TypeError as CelTypeError,
  Environment,
  EvaluationError,
  Optional,
  ParseError,
} from '@marcbachmann/cel-js';
import { UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { describe, expect, it } from 'vitest';
import { typeFault } from '../../plugins/cel/engine-messages.ts';
import { environmentOptions } from '../../plugins/cel/environment.ts';

const engine = new Environment(environmentOptions);

/** Operator, place and children of a node, and so on. */
function shapeOf(node: ASTNode): unknown {
  const parts = [node.args].flat(2).map((part) => (isNode(part) ? shapeOf(part) : part));
  return [node.op, `${node.start}-${node.end}`, ...parts];
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part;
}

describe('the tree (resolve-names.ts, read-expression.ts)', () => {
  it.each<[string, unknown]>([
    ['a.b', ['.', '0-3', ['id', '0-1', 'a'], 'b']],
    ['a.?b', ['.?', '0-4', ['id', '0-1', 'a'], 'b']],
    ["a['b']", ['[]', '0-6', ['id', '0-1', 'a'], ['value', '2-5', 'b']]],
    ['a[?0]', ['[?]', '0-5', ['id', '0-1', 'a'], ['value', '3-4', 0n]]],
    ['f(1)', ['call', '0-4', 'f', ['value', '2-3', 1n]]],
    ['a.f(true)', ['rcall', '0-9', 'f', ['id', '0-1', 'a'], ['value', '4-8', true]]],
    ['{a: 1.5}', ['map', '0-8', ['id', '1-2', 'a'], ['value', '4-7', 1.5]]],
    ['[a]', ['list', '0-3', ['id', '1-2', 'a']]],
    ['!a', ['!_', '0-2', ['id', '1-2', 'a']]],
    ['-a', ['-_', '0-2', ['id', '1-2', 'a']]],
    // Brackets are no part of a node’s place.
    ['(a) && b', ['&&', '1-8', ['id', '1-2', 'a'], ['id', '7-8', 'b']]],
    ['a ? b : c', ['?:', '0-9', ['id', '0-1', 'a'], ['id', '4-5', 'b'], ['id', '8-9', 'c']]],
    ['a in b', ['in', '0-6', ['id', '0-1', 'a'], ['id', '5-6', 'b']]],
  ])('of %s', (expression, shape) => {
    expect(shapeOf(engine.parse(expression).ast)).toEqual(shape);
  });

  it('keeps the text, and names can be written over before the check', () => {
    const parsed = engine.parse('a == 1');
    const node = parsed.ast as unknown as { input: string; args: [{ args: string }] };
    expect(node.input).toBe('a == 1');
    node.args[0].args = '$other';
    expect(parsed.check().valid).toBe(true);
    const values = new Map<string, unknown>();
    values.get = (name) => (name === '$other' ? 1n : undefined);
    expect(parsed(values)).toBe(true);
  });
});

describe('evaluation (work-budget.ts)', () => {
  it('goes through `meta.evaluate` of each node, or its own `evaluate` where it has one', () => {
    const parsed = engine.parse('1 + 2');
    expect(parsed.check().valid).toBe(true);
    const node = innerOf(parsed.ast);
    expect(node.meta.evaluate).toBeTypeOf('function');
    expect(Object.hasOwn(node, 'evaluate')).toBe(false);
    node.evaluate = () => 7n;
    expect(parsed({})).toBe(7n);
  });

  it('of a loop goes through a step that can be replaced, from a value that says how it ends', () => {
    const parsed = engine.parse('[1, 2].all(a, a > 0)');
    expect(parsed.check().valid).toBe(true);
    const loop = innerOf(parsed.ast).meta.alternate;
    expect(loop?.op).toBe('comprehension');
    expect(loop?.args).toMatchObject({ kind: 'quantifier', init: { args: true } });
    const { step } = loop?.args ?? {};
    const before = step?.meta.evaluate;
    let turns = 0;
    step?.setMeta('evaluate', (...given) => {
      turns += 1;
      return before?.(...given);
    });
    expect(parsed({})).toBe(true);
    expect(turns).toBe(2);
  });

  it('of a macro goes through `meta.macro`', () => {
    const parsed = engine.parse('has(x.y)');
    expect(parsed.check().valid).toBe(true);
    expect(innerOf(parsed.ast).meta.macro?.evaluate).toBeTypeOf('function');
  });
});

describe('errors (compile-expression.ts, engine-messages.ts)', () => {
  it.each<[string, string]>([
    ["1 == 'a'", 'does not go with'],
    ["-'a'", 'does not go with'],
    ['size(1)', 'does not take'],
    ["'a'.size(1)", 'does not take'],
    ['1 && true', 'join what is true or false'],
    ["true ? 1 : 'a'", 'must be of one type'],
    ['1 ? 2 : 3', 'asks what is true or false'],
    ['1.all(a, true)', 'go through a list or a map'],
    ['1[0]', 'has no keys'],
    ['[1].all(a, 1)', 'asks what is true or false of each'],
    ['has(1)', 'asks for a key'],
    ["[1]['a']", 'an item of a list has a number'],
  ])('of types in %s are known by their words', (expression, words) => {
    const checked = engine.parse(expression).check();
    if (checked.valid || !(checked.error instanceof CelTypeError)) throw new Error('no type error');
    expect(typeFault(checked.error.summary).message).toContain(words);
    expect(checked.error.range).toMatchObject({ start: expect.any(Number), end: expect.any(Number) });
  });

  it.each<[string, string, string]>([
    ['namespace', 'reserved_identifier', 'Reserved identifier: namespace'],
    ['a ==', 'unexpected_token', 'Unexpected token: EOF'],
    ["'a", 'unterminated_string', 'Unterminated string'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'limit_exceeded', 'Exceeded maxDepth (48)'],
  ])('of syntax in %s have a code', (expression, code, summary) => {
    expect(thrownBy(() => engine.parse(expression), ParseError)).toMatchObject({ code, summary });
  });

  it.each<[string, string, string]>([
    ["{'a': 1}.b", 'no_such_key', '.'],
    ['[1][2]', 'index_out_of_bounds', '[]'],
    ['nope', 'unknown_variable', 'id'],
    ['optional.none().value()', 'optional_value_missing', 'rcall'],
  ])('of values in %s have a code, and the node that they are about', (expression, code, op) => {
    expect(thrownBy(() => engine.parse(expression)({}), EvaluationError)).toMatchObject({
      code,
      node: { op },
    });
  });

  it('of our own keep their code and cause', () => {
    const own = engine.clone().registerFunction('broken(): dyn', () => {
      throw new EvaluationError({ code: 'unknown_name', message: 'none', cause: { help: 'some' } });
    });
    expect(thrownBy(() => own.parse('broken()')({}), EvaluationError)).toMatchObject({
      code: 'unknown_name',
      summary: 'none',
      cause: { help: 'some' },
    });
  });
});

describe('values and definitions', () => {
  it('are of classes that tell what they hold (json-values.ts)', () => {
    const value = (expression: string): unknown => engine.parse(expression)({});
    const absent = value('{}.?a');
    expect(absent instanceof Optional && absent.hasValue()).toBe(false);
    const present = value("{'a': 1}.?a");
    expect(present instanceof Optional && present.value()).toBe(1n);
    const unsigned = value('1u');
    expect(unsigned instanceof UnsignedInt && Number(unsigned.valueOf())).toBe(1);
  });

  it('list functions with their receivers, and the names of types (query.ts, compile-expression.ts)', () => {
    const { functions, variables } = engine.getDefinitions();
    expect(functions.find(({ name }) => name === 'dyn')?.receiverType).toBeNull();
    expect(functions.find(({ name }) => name === 'startsWith')?.receiverType).toBe('string');
    expect(variables.map(({ name }) => name)).toContain('string');
  });
});

function thrownBy<E extends Error>(run: () => unknown, type: abstract new (...given: never[]) => E): E {
  try {
    run();
  } catch (error) {
    if (error instanceof type) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function innerOf(node: ASTNode): Inner {
  return node as unknown as Inner;
}

type Evaluate = (...given: unknown[]) => unknown;
interface Inner {
  op: string;
  args: { step?: Inner };
  evaluate?: Evaluate;
  meta: { evaluate: Evaluate; alternate?: Inner; macro?: { evaluate: Evaluate } };
  setMeta(key: 'evaluate', value: Evaluate): void;
}
