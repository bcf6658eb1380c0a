import { posix } from 'node:path';
import {
  asText,
  compileRe2,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  oncePer,
  PatternError,
  textAt,
} from '../../base/index.ts';
import { kustomizationReferences, type SourceDocument, type Via } from '../../source/index.ts';
import { type Analysis, placeIn } from '../analysis/analysis.ts';
import type { Closures } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';
import type { EngineObject } from './output.ts';
import { patchValues } from './patches.ts';

/**
 * The way from the kustomization that was built to the one that lists a file; the one that agrees with what
 * ran over the object.
 */
export function chainTo(path: string, touched: string[], trace: Trace): Step[] {
  const chains = trace.chains.get(path) ?? findChains(path, trace);
  trace.chains.set(path, chains);
  const agrees = (chain: Step[]) =>
    touched.filter((directory) => chain.some((step) => step.analysis.directory === directory)).length;
  return (
    chains.toSorted((a, b) => agrees(b) - agrees(a) || a.length - b.length)[0] ?? [
      { analysis: trace.top, via: viaOf(trace.top, [], 'kustomization') },
    ]
  );
}

function findChains(path: string, { top, closures }: Trace): Step[][] {
  const chains: Step[][] = [];
  const visit = (analysis: Analysis, before: Inclusion[], what: string) => {
    if (
      chains.length >= maxChains ||
      before.length > maxDepth ||
      before.some((step) => step.analysis === analysis)
    )
      return;
    const entry = namedIn(analysis).get(path);
    if (entry || analysis.file.path === path)
      chains.push([...before, { analysis, path: entry ?? [], what }].map(toStep));
    for (const [inclusions, inner] of [
      [analysis.includes, 'kustomization'],
      [analysis.components, 'component'],
    ] as const) {
      for (const { directory, path } of inclusions) {
        const next = closures.analysis(directory);
        if (next) visit(next, [...before, { analysis, path, what }], inner);
      }
    }
  };
  visit(top, [], 'kustomization');
  return chains;
}

/** Where in a kustomization each file is named first. */
const namedIn = oncePer(({ directory, value }: Analysis) => {
  const named = new Map<string, JsonPath>();
  for (const { target, path } of kustomizationReferences(value)) {
    const file = posix.join(directory, target);
    if (!named.has(file)) named.set(file, path);
  }
  return named;
});

function toStep({ analysis, path, what }: Inclusion): Step {
  return { analysis, via: viaOf(analysis, path, what) };
}

/** Patches that reach the object, and fields of the kustomizations that write into every object. */
export function transformersOf(
  object: EngineObject,
  source: JsonObject | undefined,
  chain: Step[],
  touched: string[],
  trace: Trace,
): Via[] {
  const inChain = new Set(chain.map((step) => step.analysis.directory));
  const others = touched.filter((directory) => !inChain.has(directory));
  const analyses = [
    ...chain.map((step) => step.analysis),
    ...others.flatMap((directory) => trace.closures.analysis(directory) ?? []),
  ];
  const reached = new Set(touched);
  return analyses.flatMap((analysis) => {
    if (!reached.has(analysis.directory)) return [];
    const fields = fieldsThatWrite.filter((field) => analysis.value[field] !== undefined);
    const component = others.includes(analysis.directory) ? [viaOf(analysis, [], 'component')] : [];
    return [
      ...component,
      ...patchesOf(analysis, object.value, source, trace),
      ...fields.map((field) => viaOf(analysis, [field], field)),
    ];
  });
}

/** Many builds draw in the same kustomization. */
const readBefore = new WeakMap<Analysis, KnownPatch[]>();

function patchesOf(
  analysis: Analysis,
  value: JsonObject,
  source: JsonObject | undefined,
  trace: Trace,
): Via[] {
  const known = readBefore.get(analysis) ?? readPatches(analysis, trace.repository);
  readBefore.set(analysis, known);
  const names = new Set(
    [textAt(value, 'metadata', 'name'), textAt(source, 'metadata', 'name')].filter(
      (name) => name !== undefined,
    ),
  );
  return known
    .filter((patch) => matches(patch.kind, asText(value.kind)))
    .filter((patch) => {
      return patch.name === undefined || [...names].some((name) => matches(patch.name, name));
    })
    .map((patch) => patch.via);
}

function readPatches(analysis: Analysis, repository: Repository): KnownPatch[] {
  const document = analysis.file.documents[0];
  if (document === undefined) return [];
  return ['patches', 'patchesJson6902', 'patchesStrategicMerge'].flatMap((field) =>
    listAt(analysis.value, field).flatMap((item, index): KnownPatch[] => {
      const path = typeof item === 'string' ? item : textAt(item, 'path');
      const file =
        path === undefined || path.includes('\n')
          ? undefined
          : repository.file(posix.join(analysis.directory, path));
      const via = file
        ? { file: file.path, line: file.documents[0]?.place.line ?? 1, what: 'patch' }
        : viaOf(analysis, [field, index], 'patch');
      const target = typeof item === 'string' ? undefined : (item as JsonObject)?.target;
      if (target !== undefined)
        return [{ via, kind: anchored(target, 'kind'), name: anchored(target, 'name') }];
      const inline = typeof item === 'string' ? item : (textAt(item, 'patch') ?? '');
      const values = file
        ? file.documents.map((one) => ({ value: one.value, line: one.place.line }))
        : patchValues(inline).map((value) => ({ value, line: undefined }));
      return values.map(({ value, line }) => ({
        via: line === undefined ? via : { ...via, line },
        kind: exactly(textAt(value, 'kind')),
        name: exactly(textAt(value, 'metadata', 'name')),
      }));
    }),
  );
}

/**
 * kustomize anchors the patterns of a target; one that RE2 refuses selects nothing here, as it does there.
 */
function anchored(target: JsonValue, field: string): NamePattern | undefined {
  const pattern = textAt(target, field);
  if (pattern === undefined || pattern === '') return undefined;
  try {
    const compiled = compileRe2(`^(?:${pattern})$`);
    return (name) => compiled.finds(name);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return () => false;
  }
}

function exactly(text: string | undefined): NamePattern | undefined {
  return text === undefined ? undefined : (name) => name === text;
}

function matches(pattern: NamePattern | undefined, name: string): boolean {
  return pattern === undefined || pattern(name);
}

function viaOf(analysis: Analysis, path: JsonPath, what: string): Via {
  const document = analysis.file.documents[0];
  const line =
    document === undefined ? 1 : path.length === 0 ? document.place.line : placeIn(document, path).line;
  return { file: analysis.file.path, line, what };
}

const fieldsThatWrite = [
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'commonAnnotations',
];
const maxChains = 20;
const maxDepth = 30;

export interface Step {
  analysis: Analysis;
  via: Via;
}
/** A kustomization on the way, and what leads on from it. */
interface Inclusion {
  analysis: Analysis;
  path: JsonPath;
  what: string;
}
interface KnownPatch {
  via: Via;
  /** Undefined matches all. */
  kind: NamePattern | undefined;
  name: NamePattern | undefined;
}
type NamePattern = (name: string) => boolean;
/** What is worked out once for all objects of a build. */
export interface Trace {
  top: Analysis;
  closures: Closures;
  repository: Repository;
  used: Map<SourceDocument, true>;
  chains: Map<string, Step[][]>;
}
