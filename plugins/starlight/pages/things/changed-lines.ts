import { posix } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { at, type JsonPath, type JsonValue, stableStringify } from '../../../base/index.ts';
import type { Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';

/**
 * Which lines of a rendered manifest are not what its document says, by their number from 1, each with the
 * line of a kustomization or patch that made it so; the words are empty where that is not known.
 */
export function changedLines(
  text: string,
  written: JsonValue,
  resource: Resource,
  platform: Platform,
): Map<number, string> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, keepSourceTokens: false });
  const changed = new Map<number, string>();
  const mark = (offset: number | undefined, path: JsonPath): void => {
    if (offset === undefined || isSame(at(written, ...path), at(resource.rendered, ...path))) return;
    changed.set(counter.linePos(offset).line, causeOf(path, resource, platform));
  };
  const visit = (node: unknown, path: JsonPath, offset: number | undefined): void => {
    if (isMap(node) && node.items.length > 0) {
      for (const { key, value } of node.items)
        if (isScalar(key)) visit(value, [...path, String(key.value)], key.range?.[0]);
    } else if (isSeq(node) && node.items.length > 0) {
      for (const [index, item] of node.items.entries())
        visit(item, [...path, index], rangeOf(item) ?? offset);
    } else mark(offset, path);
  };
  visit(document.contents, [], undefined);
  return changed;
}

/** `kustomization.yaml:18 labels`; empty where no line is known to have made it so. */
function causeOf(path: JsonPath, resource: Resource, platform: Platform): string {
  const { origin } = resource;
  const { file, line } = platform.locate(resource, path);
  if (file === origin.file && origin.line <= line && line <= origin.endLine) return '';
  const step = origin.via.findLast((one) => one.file === file && one.line <= line);
  const what = step === undefined || step.what === 'kustomization' ? '' : ` ${step.what}`;
  return `${posix.basename(file)}:${line}${what}`;
}

function rangeOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}

function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && stableStringify(a) === stableStringify(b));
}
