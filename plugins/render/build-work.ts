import {
  at,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  oncePer,
  patternSize,
  textAt,
  whileSame,
} from '../base/index.ts';
import type { SourceFile } from '../source/index.ts';
import type { Analysis } from './analysis/analysis.ts';
import type { Closures } from './analysis/closure.ts';
import type { Repository } from './repository-files.ts';

/**
 * How much work kustomize has with a folder, told from its files alone and before anything runs: the same on
 * every machine, so that what a run leaves out never depends on how fast one is. A step is about a
 * microsecond of an ordinary core. kustomize reads an included folder once for each way that leads to it,
 * compares every object with every other at every level, and takes every object to every patch.
 * Infinity where folders are nested deeper than anybody nests them.
 */
export function openWork(closures: Pick<Closures, 'analysis'>, repository: Repository): Work {
  const weights = new Map<string, Weight>();
  const weigh = (directory: string): Weight => {
    // By hand and not by recursion: a chain of folders may be as long as it likes.
    const open = [directory];
    const entered = new Set<string>();
    while (open.length > 0) {
      const current = open[open.length - 1] ?? directory;
      const analysis = weights.has(current) ? undefined : closures.analysis(current);
      if (analysis === undefined) {
        if (!weights.has(current)) weights.set(current, nothing);
        open.pop();
        continue;
      }
      const inner = [...analysis.includes, ...analysis.components].map((one) => one.directory);
      // One that is entered and has no weight yet lies on the way here: kustomize stops at such a circle.
      const waiting = entered.has(current)
        ? []
        : inner.filter((one) => !weights.has(one) && !entered.has(one));
      entered.add(current);
      if (waiting.length > 0) {
        open.push(...waiting);
        continue;
      }
      open.pop();
      weights.set(current, weightOf(analysis, weights, repository));
    }
    return weights.get(directory) ?? nothing;
  };
  return (directory) => {
    const { steps, depth } = weigh(directory);
    return depth > deepest ? Number.POSITIVE_INFINITY : steps;
  };
}

function weightOf(analysis: Analysis, weights: ReadonlyMap<string, Weight>, repository: Repository): Weight {
  const own = keptWeight(analysis, [], () => ownWeight(analysis, repository));
  let { objects, names, steps } = own;
  let { scans, looks } = own;
  let depth = 0;
  for (const [inclusions, areComponents] of [
    [analysis.includes, false],
    [analysis.components, true],
  ] as const) {
    for (const { directory } of inclusions) {
      const inner = weights.get(directory) ?? nothing;
      objects += inner.objects;
      names += inner.names;
      steps += inner.steps;
      depth = Math.max(depth, inner.depth + 1);
      // What a component changes are the objects of those that use it.
      if (areComponents) {
        scans += inner.scans;
        looks += inner.looks;
      }
    }
  }
  steps += objects * objects * perPair + objects * scans + names * looks;
  return { objects, names, steps, depth, scans, looks };
}

/** An analysis that stays the very same has asked for each file that it names, and those have stayed, too. */
const keptWeight = whileSame<Analysis, Weight>();

/** What a kustomization brings itself. */
function ownWeight(analysis: Analysis, repository: Repository): Weight {
  const weight = { ...nothing, steps: perFolder };
  for (const path of analysis.inputs) {
    const file = repository.file(path);
    if (file === undefined) continue;
    const { characters, objects, names, scans } = weightOfFile(file);
    weight.steps += characters * perCharacter;
    if (path === analysis.file.path) continue;
    weight.objects += objects;
    weight.names += names;
    weight.scans += scans;
  }
  for (const field of ['configMapGenerator', 'secretGenerator'])
    weight.objects += listAt(analysis.value, field).length;
  addChanges(analysis.value, weight);
  return weight;
}

const weightOfFile = oncePer(({ text, documents, role }: SourceFile) => {
  const weight = { characters: text.length, objects: documents.length, names: 0, scans: 0 };
  for (const { value } of documents) {
    weight.names += nameLength(value);
    weight.scans += role === 'manifest' ? 0 : scansOf(value);
  }
  return weight;
});

/** What is done to every object, and what is looked for in every name. */
function addChanges(value: JsonObject, weight: Weight): void {
  for (const field of ['patches', 'patchesJson6902', 'patchesStrategicMerge']) {
    const patches = listAt(value, field);
    weight.scans += patches.length * (patches.length * perAnnotation + perPatch);
    for (const patch of patches) addSelector(at(patch, 'target'), weight);
  }
  for (const replacement of listAt(value, 'replacements')) {
    for (const target of listAt(replacement, 'targets')) {
      weight.scans += perPatch + listAt(target, 'fieldPaths').length * perField;
      for (const selector of [at(target, 'select'), ...listAt(target, 'reject')])
        addSelector(selector, weight);
    }
  }
  for (const field of ['images', 'replicas', 'labels', 'vars', 'commonLabels', 'commonAnnotations']) {
    const entries = at(value, field);
    const count = isObject(entries) ? Object.keys(entries).length : listAt(value, field).length;
    weight.scans += count * perField;
  }
}

function addSelector(selector: JsonValue | undefined, weight: Weight): void {
  for (const field of ['name', 'namespace', 'kind', 'group', 'version'])
    weight.looks += patternSize(textAt(selector, field) ?? '') * perInstruction;
  for (const field of ['labelSelector', 'annotationSelector'])
    weight.scans += (textAt(selector, field) ?? '').length * perCharacter;
}

/** Fields that a configuration of transformers names, each looked for in every object. */
function scansOf(value: JsonObject): number {
  const fields = Object.values(value).flatMap((list) => (Array.isArray(list) ? list : []));
  return fields.length * perField;
}

function nameLength(value: JsonObject): number {
  const { kind } = value;
  const name = textAt(value, 'metadata', 'name') ?? '';
  const namespace = textAt(value, 'metadata', 'namespace') ?? '';
  return name.length + namespace.length + (typeof kind === 'string' ? kind.length : 0);
}

/** In steps; measured with kustomize v5. */
const perFolder = 1000;
const perCharacter = 0.3;
const perPair = 3;
const perPatch = 600;
/** Each patch of an object is told in an annotation that holds those before. */
const perAnnotation = 25;
const perField = 5;
const perInstruction = 0.02;
const deepest = 300;
const nothing: Weight = { objects: 0, names: 0, steps: 0, depth: 0, scans: 0, looks: 0 };

/** Steps that a build of a folder takes. */
export type Work = (directory: string) => number;

interface Weight {
  /** That come out of it, each as often as it is made. */
  objects: number;
  /** Characters of their names. */
  names: number;
  steps: number;
  /** Levels of folders below it. */
  depth: number;
  /** Steps that it takes for each object, */
  scans: number;
  /** and for each character of a name. */
  looks: number;
}
