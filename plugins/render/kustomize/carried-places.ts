import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { isObject, type JsonValue, listAt, textAt } from '../../base/index.ts';
import type { SourceFile } from '../../source/index.ts';
import type { Closure } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';

/**
 * Where a build may have copied a value of a Secret into another object: at the targets of its replacements
 * alone; anywhere, where it has `vars` or transformers of its own, where a target is not known, or where a
 * patch may move what a replacement wrote.
 * @returns null where it copies nothing.
 */
export function carriedPlaces(repository: Paths, closure: Closure): CarriedPlaces | null {
  const places = writtenPlaces(closure);
  return Array.isArray(places) && closure.files.some((file) => moves.test(wholeText(repository, file)))
    ? 'anywhere'
    : places;
}

function writtenPlaces(closure: Closure): CarriedPlaces | null {
  const places: Target[] = [];
  for (const { value, directory } of closure.analyses) {
    if (value.vars !== undefined || value.transformers !== undefined) return 'anywhere';
    if (value.replacements === undefined) continue;
    for (const entry of asList(value.replacements)) {
      const path = textAt(entry, 'path');
      const written = path === undefined ? [entry] : writtenIn(posix.join(directory, path), closure);
      for (const replacement of written) {
        const targets = targetsOf(replacement);
        if (targets === null) return 'anywhere';
        places.push(...targets);
      }
    }
  }
  return places.length === 0 ? null : places;
}

/**
 * Whether a text of an object stands at one of the places, or holds one: kustomize writes into YAML and JSON
 * that are the text of a field too.
 */
export function isCarriedTo(places: CarriedPlaces, kind: unknown, path: readonly string[]): boolean {
  if (places === 'anywhere') return true;
  return places.some(
    (target) =>
      (target.kind === null || target.kind === kind) &&
      target.path.slice(0, path.length).every((step, index) => step === null || step === path[index]),
  );
}

/** What was hidden of a file may be a patch. */
function wholeText({ pathOf }: Paths, { path, text }: SourceFile): string {
  return text !== '' && !text.includes('\u2022') ? text : readFileSync(pathOf(path), 'utf8');
}

function asList(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

/** A file holds one replacement or a list of them. Nothing where it cannot be read: kustomize refuses it. */
function writtenIn(file: string, closure: Closure): JsonValue[] {
  const documents = closure.files.find(({ path }) => path === file)?.documents ?? [];
  return documents.length === 0 ? [null] : documents.flatMap(({ value }) => asList(value));
}

/** Null where the targets cannot be told. */
function targetsOf(replacement: JsonValue): Target[] | null {
  if (!isObject(replacement) || !Array.isArray(replacement.targets)) return null;
  const targets: Target[] = [];
  for (const target of replacement.targets) {
    const kind = textAt(target, 'select', 'kind') ?? '';
    const paths = listAt(target, 'fieldPaths');
    // Without a path it is the name that is written.
    for (const path of paths.length === 0 ? ['metadata.name'] : paths) {
      if (typeof path !== 'string') return null;
      const steps = stepsOf(path);
      // kustomize writes a new name wherever the old one is referred to.
      if (steps[0] === 'metadata' && [undefined, null, 'name', 'namespace'].includes(steps[1])) return null;
      targets.push({ kind: /^\w+$/.test(kind) ? kind : null, path: steps });
    }
  }
  return targets;
}

/** Steps between dots; a dot in a name is escaped, or stands in brackets. Null for what may be any. */
function stepsOf(path: string): (string | null)[] {
  const steps = path.match(/(?:\\.|\[[^\]]*\]|[^.])+/g) ?? [];
  return steps.map((step) => {
    const name = step.replaceAll(/\\(.)/g, '$1');
    return /^(?:\*|-|\d+)$|[[\]]/.test(step) ? null : name;
  });
}

/** Operations of JSON patches that take a value along, and patches that make another kind of an object. */
const moves = /\bop["']?\s*:\s*["']?(?:move|copy)\b|allowKindChange/;

export type CarriedPlaces = 'anywhere' | Target[];

type Paths = Pick<Repository, 'pathOf'>;

interface Target {
  /** Null where it may be of any. */
  kind: string | null;
  path: (string | null)[];
}
