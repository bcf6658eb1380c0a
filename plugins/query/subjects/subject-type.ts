import type { JsonPath, JsonValue } from '../../base/index.ts';
import type { Model, Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';

export function field(name: string, type: string, says: string, example: string): Field {
  return { name, type, says, example };
}

/** All that is known of a kind of subject; `R` is the model's record of one. */
export interface SubjectType<R> {
  /** What one and several are called in a sentence. */
  one: string;
  many: string;
  /** Heading of its names, and what a reader must know of them. */
  title: string;
  intro?: string;
  /** The list of all that an expression may start from; in small letters it is what `over` takes. */
  list: { name: string; says: string; example: string };
  /** A function of the kind's name gives one by its own name. */
  hasLookUp?: true;
  /** In the model's order. */
  recordsOf(model: Model): readonly R[];
  /** The resource that it is about; undefined where the repository has none. */
  resourceOf(record: R, platform: Platform): Resource | undefined;
  /** In a reader's words; `reference` is that of its resource. */
  nameOf(record: R, reference: string | null): string;
  /** Where a person edits it; null where it is written nowhere itself. */
  originOf(record: R): Place | null;
  /** The line of its own, finer than its resource's, that an expression with these fields speaks of. */
  placeOf?(record: R, fields: readonly JsonPath[]): Place;
  /** What it has besides the record's own entries, over them. */
  valuesOf?(record: R): { [name: string]: JsonValue };
  /** Where its fields are written in the manifest of its resource, by their names joined with dots. */
  paths?: Record<string, JsonPath>;
  /** What tables show of it by another name than here, as an expression: an error about the name gives it. */
  shownAs?: Record<string, string>;
  /** Names that its rows have; for kinds other than `resource` besides those of every row. */
  fields: Field[];
}

export interface Field {
  name: string;
  /** In the words of the errors: text, number, true or false, list, map, null. */
  type: string;
  /** What it holds, as a phrase of Markdown. */
  says: string;
  /** An expression with it, true of some row of the reference platform. */
  example: string;
}
