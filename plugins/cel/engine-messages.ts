import { byName } from '../base/index.ts';
import { spellings } from './other-spellings.ts';

/**
 * The engine's complaint about types, in the words of the reference; as it is where it is none that people
 * meet.
 * @param formsOf how a function is written, for one that is called with what it does not take.
 */
export function typeFault(summary: string, formsOf: FormsOf = () => []): Told {
  const overload = /^no such overload: (.+?) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.+)$/.exec(summary);
  if (overload) return operands(word(overload[1]), overload[2] ?? '', word(overload[3]));
  const unary = /^no such overload: ([!-])(.+)$/.exec(summary);
  if (unary)
    return {
      message: `\`${unary[1]}\` does not go with ${word(unary[2])}`,
      help: unary[1] === '!' ? 'compare it first: `!(… == …)`' : null,
    };
  const call = /^found no matching overload for '(?:(.+)\.)?(\w+)\((.*)\)'$/.exec(summary);
  if (call) return wrongCall(call[1], call[2] ?? '', call[3] ?? '', formsOf);
  const logical = /^logical operator requires bool operands, got '(.+)'$/i.exec(summary);
  if (logical)
    return {
      message: `\`&&\` and \`||\` join what is true or false, not ${word(logical[1])}`,
      help: 'compare it first: `… == …`',
    };
  const branches = /^ternary branches must have the same type, got '(.+)' and '(.+)'$/i.exec(summary);
  if (branches)
    return {
      message: `\`… ? … : …\` gives ${word(branches[1])} or ${word(branches[2])}: both must be of one type`,
      help: 'make them alike: `string(…)`, `int(…)`',
    };
  const condition = /^ternary condition must be bool, got '(.+)'$/i.exec(summary);
  if (condition)
    return {
      message: `\`… ? … : …\` asks what is true or false, not ${word(condition[1])}`,
      help: 'compare it first: `… == … ? … : …`',
    };
  const range = /^expression of type '(.+)' cannot be range of a comprehension/i.exec(summary);
  if (range)
    return {
      message: `\`all\`, \`map\` and the like go through a list or a map, not through ${word(range[1])}`,
      help: word(range[1]) === optional ? 'say what stands in for it: `….orValue([])`' : null,
    };
  const index = /^cannot index type '([^']+)'(?: with type '(.+)')?$/i.exec(summary);
  if (index)
    return { message: `${word(index[1])} has no ${index[2] ? `keys of that type` : 'keys'}`, help: null };
  const predicate = /^(\w+)\(.*\).* predicate must return bool, got '(.+)'$/i.exec(summary);
  if (predicate)
    return {
      message: `\`${predicate[1]}(x, …)\` asks what is true or false of each, not ${word(predicate[2])}`,
      help: 'compare it first: `… == …`',
    };
  if (/^has\(\) invalid argument/i.test(summary))
    return {
      message: '`has()` asks for a key, written with a dot',
      help: "`has(spec.replicas)`; for other keys `'a/b' in labels`, for a name of the row `name != null`",
    };
  if (/^list index must be int/i.test(summary))
    return { message: 'an item of a list has a number', help: 'the first is `[0]`' };
  const conversion = /^(\w+)\(\) type error/.exec(summary);
  if (conversion) return { message: `\`${conversion[1]}()\` cannot make that of this text`, help: null };
  const plain = summary.replaceAll(/'((?:dyn|list|map|optional|google\.\w+\.)\b[\w.<>, ]*)'/g, (_, type) =>
    word(type),
  );
  return { message: plain.charAt(0).toLowerCase() + plain.slice(1), help: null };
}

/** What does not parse, from what stands at the place. */
export function syntaxFault(expression: string, offset: number, code: string, summary: string): Told {
  if (code === 'reserved_identifier') {
    const name = summary.replace('Reserved identifier: ', '');
    return { message: `\`${name}\` is a reserved word of CEL`, help: `as a key write it \`['${name}']\`` };
  }
  const rest = expression.slice(offset);
  const before = expression.slice(0, offset).trimEnd();
  const found = spellings.find(
    ({ at, after }) => at.test(rest) && (after === undefined || after.test(before)),
  );
  if (found) return { message: `the expression does not parse: ${found.message}`, help: found.help };
  if (/unterminated/i.test(summary))
    return { message: 'a text is not closed', help: 'add the quote at its end' };
  if (summary.endsWith('EOF'))
    return { message: 'the expression ends too early', help: unclosed(expression) };
  const extra = closedTooMuch(expression);
  if (extra !== undefined)
    return {
      message: `the expression does not parse: \`${extra}\` closes nothing`,
      help: 'drop it, or open it',
    };
  const here = /^(?:\w+|[^\s\w]+)/.exec(rest)?.[0] ?? '';
  return { message: `the expression does not parse at \`${here}\``, help: null };
}

function operands(left: string, operator: string, right: string): Told {
  const message = `\`${operator}\` does not go with ${left} and ${right}`;
  const kinds = [left, right];
  const both = (...wanted: string[]) => wanted.every((one) => kinds.includes(one));
  if (kinds.includes(optional))
    return { message, help: 'say what stands in for it where it is absent: `….orValue(…)`' };
  if (operator === 'in')
    return {
      message: `\`in\` looks into a list or a map, not into ${right}`,
      help: right === 'a text' ? "a part of a text: `name.contains('…')`" : null,
    };
  if (both('a whole number', 'a number'))
    return {
      message: `\`${operator}\` does not go with a whole number and a decimal one`,
      help: 'write both alike: `1.0`, or `int(…)` and `double(…)`',
    };
  if (both('a text') && kinds.some((one) => one.endsWith('number')))
    return { message, help: 'numbers stand without quotes; a number as text is `string(…)`' };
  return { message, help: null };
}

function wrongCall(receiver: string | undefined, name: string, given: string, formsOf: FormsOf): Told {
  const forms = formsOf(name).map((form) => `\`${form}\``);
  const parts = split(given).map(word);
  const on = receiver === undefined ? '' : ` of ${word(receiver)}`;
  const what = parts.length === 0 ? 'nothing' : parts.join(' and ');
  return {
    message: `\`${name}\`${on} does not take ${what}`,
    help: forms.length > 0 ? `it is written ${forms.join(' or ')}` : null,
  };
}

/** Types between the commas of a list of arguments, whose brackets may hold commas too. */
function split(types: string): string[] {
  return [...types.matchAll(/[\w.]+(?:<[^()]*?>+)?/g)].map(([type]) => type);
}

function word(type = ''): string {
  const plain = type.replace(/^dyn<(.*)>$/, '$1').replace(/<.*$/, '');
  return Object.hasOwn(typeWords, plain) ? (typeWords[plain] ?? plain) : `\`${plain}\``;
}

/** What is to come: the end of the bracket that was opened last, or what the last sign goes with. */
function unclosed(expression: string): string | null {
  const open: string[] = [];
  for (const token of brackets(expression)) {
    if ('([{'.includes(token)) open.push(token);
    else open.pop();
  }
  const sign = /(?:[=!<>&|+\-*/%?:,.]+|\bin)$/.exec(expression.trimEnd())?.[0];
  if (sign !== undefined) return `something must follow \`${sign}\``;
  const last = open.at(-1);
  return last === undefined ? null : `close the \`${last}\``;
}

function closedTooMuch(expression: string): string | undefined {
  let depth = 0;
  return brackets(expression).find((token) => {
    depth += '([{'.includes(token) ? 1 : -1;
    return depth < 0;
  });
}

/** Those outside texts. */
function brackets(expression: string): string[] {
  const tokens = expression.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[()[\]{}]/g);
  return [...tokens].map(([token]) => token).filter((token) => token.length === 1);
}

const optional = 'a value that may be absent';

const typeWords: Record<string, string> = byName({
  string: 'a text',
  int: 'a whole number',
  uint: 'a whole number',
  double: 'a number',
  bool: 'true or false',
  null: 'null',
  undefined: 'nothing',
  list: 'a list',
  map: 'a map',
  dyn: 'a value',
  bytes: 'bytes',
  type: 'a type',
  optional,
  'google.protobuf.Timestamp': 'a time',
  'google.protobuf.Duration': 'a duration',
});

export interface Told {
  message: string;
  help: string | null;
}

/** `text.startsWith(text)`; none for a function that nobody describes. */
type FormsOf = (name: string) => string[];
