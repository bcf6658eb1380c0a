import {
  asText,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  oncePer,
  textAt,
} from '../../base/index.ts';
import type { ApplicationSet } from '../../model/index.ts';
import type { Platform } from '../types.ts';

/**
 * The sets of which not everything is known, and that may make an Application of a folder of this repository:
 * by what their templates give as a path, with each literal that their generators have for a parameter.
 */
export const setsOver = oncePer((platform: Platform): ((folder: string) => ApplicationSet[]) => {
  const sets = platform.model.applicationSets
    .filter(({ unverified }) => unverified !== null)
    .map((set) => ({ set, paths: pathsOf(platform.resource(set.id)?.rendered ?? {}) }));
  const known = new Map<string, ApplicationSet[]>();
  return (folder) => {
    const found =
      known.get(folder) ??
      sets.filter(({ paths }) => paths.some((path) => fits(path, folder))).map(({ set }) => set);
    known.set(folder, found);
    return found;
  };
});

/** A path of each source: pieces of which each is one of some texts, or null, which is any text. */
function pathsOf(rendered: JsonObject): Piece[][] {
  const spec = objectAt(rendered, 'spec');
  const source = objectAt(spec, 'template', 'spec');
  const generators = listAt(spec, 'generators');
  // What is patched, or said by a generator, may be any.
  if ((textAt(spec, 'templatePatch') ?? '') !== '' || generators.some(hasTemplate)) return [[null]];
  const values = generators.some(givesAnything) ? null : valuesOf(generators);
  return [source.source, ...listAt(source, 'sources')]
    .flatMap((one) => textAt(one, 'path') ?? [])
    .map((path) => piecesOf(path, values));
}

function piecesOf(template: string, values: ReadonlyMap<string, Set<string>> | null): Piece[] {
  const parts = template.replace(/^\.?\/+/, '').split(/(\{\{.*?\}\})/s);
  return parts.map((part): Piece => {
    if (!part.startsWith('{{')) return [part];
    const name = /^\{\{-?\s*\.?(values\.[\w-]+)\s*-?\}\}$/.exec(part)?.[1];
    const texts = [...(values?.get(name ?? '') ?? [])];
    return texts.length === 0 || texts.some((text) => text.includes('{{')) ? null : texts;
  });
}

/** What generators say of `values`: their own, and what entries of lists put in the place of these. */
function valuesOf(generators: readonly JsonValue[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (key: string, value: JsonValue | undefined) =>
    found.set(key, (found.get(key) ?? new Set()).add(asText(value)));
  const read = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) for (const one of value) read(one);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith('values.')) add(key, inner);
      else if (key === 'values' && isObject(inner))
        for (const [name, text] of Object.entries(inner)) add(`values.${name}`, text);
      else read(inner);
    }
  };
  read([...generators]);
  return found;
}

function hasTemplate(generator: JsonValue): boolean {
  return someWithin(generator, (one) => isObject(one.template));
}

/** Files and services give parameters of any name. */
function givesAnything(generator: JsonValue): boolean {
  return someWithin(generator, (one) => one.plugin !== undefined || one.files !== undefined);
}

function someWithin(value: JsonValue | undefined, test: (one: JsonObject) => boolean): boolean {
  if (Array.isArray(value)) return value.some((one) => someWithin(one, test));
  return isObject(value) && (test(value) || Object.values(value).some((one) => someWithin(one, test)));
}

/** Whether the pieces, one after another, can be the path, in which an empty piece leaves no slash behind. */
function fits(pieces: readonly Piece[], path: string): boolean {
  let ends = new Set([0]);
  for (const piece of pieces) {
    const next = new Set<number>();
    for (const end of ends) {
      if (piece === null) for (let at = end; at <= path.length; at++) next.add(at);
      else for (const text of piece) for (const at of after(text, path, end)) next.add(at);
    }
    ends = next;
  }
  return ends.has(path.length);
}

/** Where a text ends that stands there: as a slash beside another, and at either end, says nothing. */
function after(text: string, path: string, start: number): number[] {
  let at = start;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (path[at] === char) at += 1;
    else if (char !== '/' || !(at === 0 || at === path.length || path[at - 1] === '/')) return [];
  }
  return [at];
}

type Piece = readonly string[] | null;
