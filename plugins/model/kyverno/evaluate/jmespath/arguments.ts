/** What a function of JMESPath is given, held to what it asks for. */
import { isObject, type JsonObject, type JsonValue } from '../../../../base/index.ts';
import { EvaluationError } from '../types.ts';

/** `&expression`: evaluated for each element. */
export interface Expression {
  evaluate(value: JsonValue): JsonValue;
}

export type Argument = JsonValue | Expression;

/** The arguments of one call by position; each asks for a type and is an error where it is another. */
export function argumentsOf(name: string, given: readonly Argument[]): Arguments {
  const wrong = (index: number, wanted: string): EvaluationError =>
    new EvaluationError(`JMESPath function '${name}': argument #${index + 1} is not of type ${wanted}`);
  const isExpression = (value: Argument | undefined): value is Expression =>
    isObject(value) && typeof value.evaluate === 'function';
  const json = (index: number): JsonValue => {
    const value = given[index];
    if (value === undefined || isExpression(value)) throw wrong(index, 'JSON');
    return value;
  };
  const typed =
    <T extends JsonValue>(type: string, test: (value: JsonValue) => value is T) =>
    (index: number): T => {
      const value = json(index);
      if (!test(value)) throw wrong(index, type);
      return value;
    };
  const list = typed('Array', (value) => Array.isArray(value));
  const listOf =
    <T extends JsonValue>(type: string, test: (value: JsonValue) => value is T) =>
    (index: number): T[] => {
      const values = list(index);
      if (!values.every(test)) throw wrong(index, type);
      return values;
    };
  return {
    name,
    count: given.length,
    json,
    text: typed('String', isText),
    number: typed('Number', isNumber),
    list,
    object: typed<JsonObject>('Object', isObject),
    texts: listOf('Array of String', isText),
    numbers: listOf('Array of Number', isNumber),
    expression(index) {
      const value = given[index];
      if (!isExpression(value)) throw wrong(index, 'Expression');
      return value;
    },
  };
}

export function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}

export function isNumber(value: JsonValue): value is number {
  return typeof value === 'number';
}

export interface Arguments {
  name: string;
  count: number;
  json(index: number): JsonValue;
  text(index: number): string;
  number(index: number): number;
  list(index: number): JsonValue[];
  object(index: number): JsonObject;
  texts(index: number): string[];
  numbers(index: number): number[];
  expression(index: number): Expression;
}

export interface JmesFunction {
  /** At least and at most how many arguments. */
  takes: [number, number];
  run(given: Arguments): JsonValue;
}
