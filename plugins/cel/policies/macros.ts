import { type ASTNode, Optional } from '@marcbachmann/cel-js';
import { refused } from './libraries/library.ts';
import { requireKnown } from './open-object.ts';

/**
 * Makes the engine's macros take all that cel-go's take: `has()` of a field of anything, and `orValue()` of a
 * value that is no optional, which is the value, as Kyverno keeps it from before cel-go 0.28.
 */
export function mendMacro(node: ASTNode): void {
  const macro = (node as unknown as { meta: { macro?: Macro } }).meta.macro;
  if (macro === undefined) return;
  if (node.op === 'call' && node.args[0] === 'has') mendHas(node.args[1][0], macro);
  if (node.op === 'rcall' && node.args[0] === 'orValue') mendOrValue(node.args[1], node.args[2][0], macro);
}

function mendHas(argument: ASTNode | undefined, macro: Macro): void {
  if (argument?.op !== '.' && argument?.op !== '.?') return;
  const [holder, key] = argument.args;
  macro.typeCheck = (checker, _, context) => {
    checker.check(holder, context);
    return checker.getType('bool');
  };
  macro.evaluate = (evaluator, _, context) => {
    const given = evaluator.run(holder, context);
    const value = given instanceof Optional ? (given.hasValue() ? given.value() : {}) : given;
    if (value instanceof Map) return value.has(key);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      requireKnown(value, String(key));
      return Object.hasOwn(value, key);
    }
    throw refused(`no such key: ${key}`);
  };
}

function mendOrValue(receiver: ASTNode, argument: ASTNode | undefined, macro: Macro): void {
  if (argument === undefined) return;
  macro.typeCheck = (checker, _, context) => {
    checker.check(receiver, context);
    checker.check(argument, context);
    return checker.getType('dyn');
  };
  macro.evaluate = (evaluator, _, context) => {
    const value = evaluator.run(receiver, context);
    if (!(value instanceof Optional)) return value;
    return value.hasValue() ? value.value() : evaluator.run(argument, context);
  };
}

/**
 * `optional.optMap(x, …)` and `optFlatMap`: what the one gives is made an optional, what the other gives is
 * one.
 */
export function optionalMacro(isFlat: boolean) {
  return ({ args: [variable, body], receiver }: Given): Macro => {
    const name = variable?.op === 'id' ? variable.args : '';
    if (body === undefined || name === '') throw refused('optMap() invalid iteration variable');
    let inside: Context | undefined;
    return {
      typeCheck(checker, _, context) {
        checker.check(receiver, context);
        inside = context.forkWithVariable(name, checker.getType('dyn'));
        checker.check(body, inside);
        return checker.getType('dyn');
      },
      evaluate(evaluator, _, context) {
        const value = evaluator.run(receiver, context);
        if (!(value instanceof Optional)) throw refused('optMap() of what is no optional');
        if (!value.hasValue() || inside === undefined) return Optional.none();
        const made = evaluator.run(body, inside.reuse(context).setIterValue(value.value(), evaluator));
        return isFlat ? made : Optional.of(made);
      },
    };
  };
}

/** What the engine hands to one who expands a macro, beyond its published types. */
interface Given {
  ast: ASTNode;
  args: ASTNode[];
  receiver: ASTNode;
}
interface Macro {
  typeCheck(checker: Checker, macro: unknown, context: Context): unknown;
  evaluate(evaluator: Evaluator, macro: unknown, context: Context): unknown;
}
interface Checker {
  check(node: ASTNode, context: Context): unknown;
  getType(name: string): unknown;
}
interface Evaluator {
  run(node: ASTNode, context: Context): unknown;
}
interface Context {
  forkWithVariable(name: string, type: unknown): Context;
  reuse(context: Context): Context;
  setIterValue(value: unknown, evaluator: Evaluator): Context;
}
