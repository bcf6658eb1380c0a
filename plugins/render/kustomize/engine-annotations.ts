import { type JsonValue, textAt } from '../../base/index.ts';
import { parseYaml, toJson } from '../../source/index.ts';

/**
 * An object's text without the two annotations in which kustomize tells where it comes from, and what they
 * say: overlays of one base hold the same objects, and differ in these. kustomize writes them as block texts
 * below a `metadata` that begins its line, where no text of the object's own can stand: that is indented.
 * Anything that is written in another way stays in the text.
 */
export function withoutAnnotations(text: string): { bare: string; told: ToldAnnotations } {
  const told: ToldAnnotations = {};
  const bare = text.replace(block, (_, annotations: string) => {
    const others = annotations.replaceAll(entry, (_whole, key: keyof ToldAnnotations, lines: string) => {
      told[key] = lines.replaceAll(/^ {6}/gm, '');
      return '';
    });
    return `metadata:\n${others === '' ? '' : `  annotations:\n${others}`}`;
  });
  return { bare, told };
}

/** What kustomize says of an object in annotations; nothing where it says none. */
export function readAnnotations(told: ToldAnnotations, memo: Map<string, JsonValue>): Traced {
  const origin = parsed(told[originKey], memo);
  const transformations = parsed(told[transformationsKey], memo);
  const touched = (Array.isArray(transformations) ? transformations : []).flatMap(
    (step) => textAt(step, 'configuredIn') ?? [],
  );
  return {
    path: textAt(origin, 'path') ?? null,
    generator: textAt(origin, 'configuredIn') ?? null,
    generatorKind: textAt(origin, 'configuredBy', 'kind') ?? null,
    touched: [...new Set(touched)],
  };
}

function parsed(annotation: string | undefined, memo: Map<string, JsonValue>): JsonValue {
  if (annotation === undefined) return null;
  const known = memo.get(annotation);
  if (known !== undefined) return known;
  const value = toJson(parseYaml(annotation)[0]?.contents).value;
  memo.set(annotation, value);
  return value;
}

export const originKey = 'config.kubernetes.io/origin';
export const transformationsKey = 'alpha.config.kubernetes.io/transformations';

/** The annotations of an object, before another field of its metadata. */
const block = /^metadata:\n {2}annotations:\n((?: {4}.*\n|\n)+)(?= {2}\w)/m;
const entry =
  /^ {4}(config\.kubernetes\.io\/origin|alpha\.config\.kubernetes\.io\/transformations): \|\n((?: {6}.*\n|\n)+)/gm;

/** The texts of the two. */
export type ToldAnnotations = { [Key in typeof originKey | typeof transformationsKey]?: string };

/** Paths are relative to the folder that was built. */
export interface Traced {
  /** The file that it was read from; null where a generator made it. */
  path: string | null;
  /** The kustomization whose generator made it, */
  generator: string | null;
  /** and with which plugin. */
  generatorKind: string | null;
  /** Kustomizations whose transformers ran over it, in that order. */
  touched: string[];
}
