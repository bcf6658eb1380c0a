import type { LinedText } from './ranges.ts';
import type { ReplyDiagram, ReplyUrl } from './reply.ts';
import type { CompiledDrawing, CompiledIcon, D2Range } from './types.ts';

/**
 * Every picture that the boards ask for, once each, in the order they come in.
 * @param drawings what each of `diagrams` was compiled to.
 * @param written ranges of the values of `icon` in the diagram's own text.
 */
export function iconsFrom(
  diagrams: ReplyDiagram[],
  drawings: CompiledDrawing[],
  written: Map<string, D2Range>,
  text: LinedText | undefined,
): CompiledIcon[] {
  const places = Map.groupBy(new Set(written.values()), (range) => decoded(unquoted(textAt(text, range))));
  const icons = new Map<string, CompiledIcon>();
  for (const [at, { shapes, connections, legend }] of diagrams.entries()) {
    const drawn = new Map(
      [...(drawings[at]?.shapes ?? []), ...(drawings[at]?.edges ?? [])].map(({ id, ranges }) => [id, ranges]),
    );
    for (const { id, icon } of [...shapes, ...connections, ...(legend?.shapes ?? [])]) {
      const address = icon ? addressOf(icon) : '';
      if (!icon || address === '') continue;
      const known = icons.get(address) ?? { address, file: isFile(icon), ranges: places.get(address) ?? [] };
      if (known.ranges.length === 0) known.ranges = drawn.get(id) ?? [];
      icons.set(address, known);
    }
  }
  return [...icons.values()];
}

/** An address as it is compared: D2 writes what is not ASCII in percents, an author seldom does. */
export function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function isFile({ Scheme, Host, RawQuery, Fragment }: ReplyUrl): boolean {
  return Scheme === '' && Host === '' && RawQuery === '' && Fragment === '';
}

function addressOf({ Scheme, Opaque, Host, Path, RawQuery, Fragment }: ReplyUrl): string {
  const before = `${Scheme === '' ? '' : `${Scheme}:`}${Host === '' ? '' : `//${Host}`}`;
  const after = `${RawQuery === '' ? '' : `?${RawQuery}`}${Fragment === '' ? '' : `#${Fragment}`}`;
  return `${before}${Opaque}${Path}${after}`;
}

function textAt(text: LinedText | undefined, range: D2Range): string {
  const from = text?.offset(range.line, range.column);
  return text?.text.slice(from, text.offset(range.endLine, range.endColumn)) ?? '';
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
}
