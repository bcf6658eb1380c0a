/** sprig's `semver` and `semverCompare`. Source: the rules that Masterminds/semver documents. */
import { tooMuch } from '../go/errors.ts';
import { type FunctionTable, fn } from '../go/functions.ts';
import { type GoStruct, int } from '../go/values.ts';

export const versions: FunctionTable = {
  semver: fn(['string'], (text) => struct(parse(text), text)),
  semverCompare: fn(['string', 'string'], (constraint, text) => {
    const version = parse(text);
    if (constraint.length > longestConstraint) throw tooMuch('compares versions by a text that is too long');
    return constraint
      .split('||')
      .some((all) => conditions(all).every((condition) => holds(condition, version)));
  }),
};

function parse(text: string): Version {
  const found = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/.exec(text);
  if (found === null) throw new Error('invalid semantic version');
  const [, major, minor, patch, prerelease = '', metadata = ''] = found;
  return { numbers: [Number(major), Number(minor ?? 0), Number(patch ?? 0)], prerelease, metadata };
}

function struct(version: Version, original: string): GoStruct {
  const [major, minor, patch] = version.numbers;
  const text = `${version.numbers.join('.')}${version.prerelease && `-${version.prerelease}`}${version.metadata && `+${version.metadata}`}`;
  return {
    type: '*semver.Version',
    text,
    fields: new Map<string, string | ReturnType<typeof int>>([
      ['Major', int(major, 'uint64')],
      ['Minor', int(minor, 'uint64')],
      ['Patch', int(patch, 'uint64')],
      ['Prerelease', version.prerelease],
      ['Metadata', version.metadata],
      ['Original', original],
      ['String', text],
    ]),
  };
}

/** `>=1.2, <2` → its single comparisons; `1.2 - 2` is a range. */
function conditions(text: string): Condition[] {
  const ranged = text.replace(/(\S+)\s+-\s+(\S+)/g, '>=$1 <=$2');
  const parts = ranged.match(/(?:=|!=|>=|=>|<=|=<|>|<|~>?|\^)?\s*v?[\dxX*][^\s,]*/g) ?? [];
  if (parts.length === 0 || ranged.replace(/[\s,]/g, '') !== parts.join('').replace(/[\s,]/g, ''))
    throw new Error(`improper constraint: ${text.trim()}`);
  return parts.map((part) => {
    const found =
      /^(=|!=|>=|=>|<=|=<|>|<|~>?|\^)?\s*v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\+\S+)?$/.exec(
        part,
      );
    if (found === null) throw new Error(`improper constraint: ${part}`);
    const wild = found.slice(2, 5).findIndex((name) => name === undefined || /[xX*]/.test(name));
    const numbers = found.slice(2, 5).map((name, index) => (wild >= 0 && index >= wild ? 0 : Number(name)));
    return {
      operator: found[1] ?? '',
      version: {
        numbers: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0],
        prerelease: found[5] ?? '',
        metadata: '',
      },
      given: wild < 0 ? 3 : wild,
    };
  });
}

function holds({ operator, version, given }: Condition, candidate: Version): boolean {
  if (candidate.prerelease !== '' && version.prerelease === '') return false;
  const order = compare(candidate, version);
  const below = (place: number): boolean =>
    order >= 0 && candidate.numbers.slice(0, place).join() === version.numbers.slice(0, place).join();
  switch (operator) {
    case '!=':
      return given < 3
        ? candidate.numbers.slice(0, given).join() !== version.numbers.slice(0, given).join()
        : order !== 0;
    case '>':
      return given < 3 ? order > 0 && !below(given) : order > 0;
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return order <= 0 || (given < 3 && below(given));
    case '~':
    case '~>':
      return below(Math.min(given, 2));
    case '^': {
      const first = version.numbers.findIndex((number) => number > 0);
      return below(Math.min(first < 0 ? Math.max(given, 1) : first + 1, Math.max(given, 1)));
    }
    default:
      return given < 3 ? below(given) : order === 0;
  }
}

function compare(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const)
    if (a.numbers[index] !== b.numbers[index]) return a.numbers[index] - b.numbers[index];
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === '' || b.prerelease === '') return a.prerelease === '' ? 1 : -1;
  const [left, right] = [a.prerelease.split('.'), b.prerelease.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [x, y] = [left[index], right[index]];
    if (x === y) continue;
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const numeric = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (numeric[0] && numeric[1]) return Number(x) - Number(y);
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

const longestConstraint = 1000;

interface Version {
  numbers: [number, number, number];
  prerelease: string;
  metadata: string;
}
interface Condition {
  operator: string;
  version: Version;
  /** How many of the three numbers the constraint states. */
  given: number;
}
