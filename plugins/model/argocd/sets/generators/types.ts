/** What the generators of an ApplicationSet share. */

import type { JsonObject, JsonPath } from '../../../../base/index.ts';
import type { GeneratorFixtures, Reason, Remedy } from '../../../../source/index.ts';
import type { NotRendered, Rendering, TemplateOptions } from '../../../../template/index.ts';
import type { Room } from '../room.ts';

/** What Argo CD itself refuses: the whole set then creates, changes and deletes nothing. */
export function refused(why: string, path: JsonPath = []): Failure {
  return { ok: false, why, path, refused: true };
}

/** What cannot be known from the repository alone. */
export function unknown(why: string, path: JsonPath = []): Failure {
  return { ok: false, why, path, refused: false };
}

/**
 * What the template engine does not render: Argo CD refuses it too, except where it is only not evaluated
 * here.
 * @param within what Argo CD says before it.
 */
export function notRendered({ why, is }: NotRendered, path: JsonPath, within = ''): Failure {
  return { ok: false, why: `${within}${why}`, path, refused: is !== 'unknown' };
}

/** A failure of a child, seen from its parent. */
export function below(failure: Failure, ...path: JsonPath): Failure {
  return { ...failure, path: [...path, ...failure.path] };
}

export type Generated = Result<JsonObject[]>;
export type Result<T> = Extract<Rendering<T>, { ok: true }> | Failure;
export interface Failure {
  ok: false;
  why: string;
  /** Where in the generator, from its own kind on. */
  path: JsonPath;
  /** True where Argo CD refuses it, false where it is only not known here. */
  refused: boolean;
  /** How to make it known. */
  help?: string;
  remedy?: Remedy;
}

/** Every kind of generator, in the order in which Argo CD takes those of one entry. */
export const generatorKinds = [
  'list',
  'clusters',
  'git',
  'scmProvider',
  'clusterDecisionResource',
  'pullRequest',
  'matrix',
  'merge',
  'plugin',
] as const;

export type GeneratorKind = (typeof generatorKinds)[number];

/**
 * One entry of `generators` → its parameter sets. Matrix and merge take it as a parameter: they contain what
 * contains them.
 */
export type GenerateEntry = (entry: JsonObject, scope: GeneratorScope, depth: number) => Generated;

export interface GeneratorScope {
  /** Name of the ApplicationSet, by which fixtures are found. */
  set: string;
  options: TemplateOptions;
  context: SetContext;
}

export interface SetContext {
  /** Directories of the repository as Argo CD lists them. */
  directories: readonly string[];
  /** Every file that was read. */
  files: readonly string[];
  /** Text of a file; undefined where it was not read or is not shown. */
  textOf(file: string): string | undefined;
  /** How patterns of git files are understood: a flag of the controller, off by default. */
  fileGlobs: 'pathspec' | 'doublestar';
  fixtures: GeneratorFixtures;
  room: Room;
  isLocal(url: string, exists: () => boolean): boolean;
  covers(path: string): boolean;
  /** Files of another repository at a revision, as far as the paths are asked for; else what brings them. */
  across(asked: {
    url: string;
    revision: string | null;
    paths: readonly string[];
  }): Pick<SetContext, 'directories' | 'files' | 'textOf'> | { hint: Reason | null };
}
