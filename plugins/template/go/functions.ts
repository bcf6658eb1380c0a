/**
 * How a function of a template is declared: the Go types of its parameters, against which arguments are
 * checked.
 */
import {
  type GoInt,
  type GoMap,
  type GoStruct,
  type GoValue,
  isInt,
  isNil,
  isStringMap,
  isStruct,
  typeName,
} from './values.ts';

export function fn<const P extends readonly Kind[]>(
  parameters: P,
  call: (...args: Typed<P>) => GoValue,
): GoFunction {
  return { parameters, rest: null, call: call as GoFunction['call'] };
}

/** With any number of further arguments of one type. */
export function variadic<const P extends readonly Kind[], R extends Kind>(
  parameters: P,
  rest: R,
  call: (...args: [...Typed<P>, ...Kinds[R][]]) => GoValue,
): GoFunction {
  return { parameters, rest, call: call as GoFunction['call'] };
}

/** An argument as the function takes it; throws Go's words where the types do not fit. */
export function assign(value: GoValue, kind: Kind): unknown {
  if (kind === 'any') return value;
  if (isNil(value)) {
    if (kind === 'map' || kind === 'list') {
      if (value === undefined) return kind === 'map' ? new Map() : [];
    } else if (value === undefined) throw new Error(`invalid value; expected ${goNames[kind]}`);
    throw new Error(`wrong type for value; expected ${goNames[kind]}; got interface {}`);
  }
  const fits =
    kind === 'string'
      ? typeof value === 'string'
      : kind === 'bool'
        ? typeof value === 'boolean'
        : kind === 'float64'
          ? typeof value === 'number'
          : kind === 'map'
            ? value instanceof Map && !isStringMap(value)
            : kind === 'list'
              ? Array.isArray(value)
              : kind === 'time'
                ? isStruct(value) && value.type === 'time.Time'
                : isInt(value) && value.type === 'int';
  if (!fits) throw new Error(`wrong type for value; expected ${goNames[kind]}; got ${typeName(value)}`);
  return kind === 'int' ? Number((value as GoInt).int) : value;
}

export const goNames: Record<Kind, string> = {
  string: 'string',
  bool: 'bool',
  int: 'int',
  float64: 'float64',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  time: 'time.Time',
  any: 'interface {}',
};

interface Kinds {
  string: string;
  bool: boolean;
  int: number;
  float64: number;
  map: GoMap;
  list: GoValue[];
  time: GoStruct;
  any: GoValue;
}
export type Kind = keyof Kinds;
type Typed<P extends readonly Kind[]> = { -readonly [I in keyof P]: Kinds[P[I]] };

export interface GoFunction {
  parameters: readonly Kind[];
  rest: Kind | null;
  call: (...args: unknown[]) => GoValue;
}
export type FunctionTable = Record<string, GoFunction>;
