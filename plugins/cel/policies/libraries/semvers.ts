/** `semver()`. Source: `pkg/cel/library/semverlib.go` of k8s.io/apiserver, over blang/semver. */
import semver from 'semver';
import { type Library, refused, registerAll } from './library.ts';

class Version {
  readonly value: semver.SemVer;
  constructor(value: semver.SemVer) {
    this.value = value;
  }
}

export const semversLibrary: Library = (environment) => {
  const type = 'kubernetes.Semver';
  environment.registerType(type, Version);
  const compare = (a: Version, b: Version) => semver.compare(a.value, b.value);
  environment.registerOperator(`${type} == ${type}`, (a: Version, b: Version) => compare(a, b) === 0);
  const versionOf = (text: string, normalize = false): Version => {
    const found = parse(text, normalize);
    if (found === null) throw refused(`Semver parse error during conversion from string: ${text}`);
    return new Version(found);
  };
  registerAll(environment, {
    [`semver(string): ${type}`]: (text: string) => versionOf(text),
    [`semver(string, bool): ${type}`]: versionOf,
    'isSemver(string): bool': (text: string) => parse(text, false) !== null,
    'isSemver(string, bool): bool': (text: string, normalize: boolean) => parse(text, normalize) !== null,
    [`${type}.major(): int`]: ({ value }: Version) => BigInt(value.major),
    [`${type}.minor(): int`]: ({ value }: Version) => BigInt(value.minor),
    [`${type}.patch(): int`]: ({ value }: Version) => BigInt(value.patch),
    [`${type}.isLessThan(${type}): bool`]: (a: Version, b: Version) => compare(a, b) < 0,
    [`${type}.isGreaterThan(${type}): bool`]: (a: Version, b: Version) => compare(a, b) > 0,
    [`${type}.compareTo(${type}): int`]: (a: Version, b: Version) => BigInt(compare(a, b)),
  });
};

/** The library takes a `v` before it and blanks around it; Go's does not. */
function parse(text: string, normalize: boolean): semver.SemVer | null {
  const written = normalize ? normalized(text) : text;
  return /^\d/.test(written) && written === written.trim() ? semver.parse(written) : null;
}

/** Without `v` and leading zeros, with three numbers. */
function normalized(text: string): string {
  const [, core = '', rest = ''] = /^v?([^+-]*)(.*)$/s.exec(text) ?? [];
  const numbers = core.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + rest;
}
