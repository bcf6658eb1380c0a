import type { JsonPath } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import { type Analysis, placeIn } from '../analysis/analysis.ts';
import type { Closure } from '../analysis/closure.ts';
import { hasUnnamedRelease, localCharts, unnamedRelease } from '../analysis/plugins.ts';
import { unverifiedChanges } from '../changing/changes.ts';
import type { Variant } from '../changing/functions.ts';
import { settleRenders } from '../changing/settle-objects.ts';
import { callsOf } from '../changing/stand-ins.ts';
import { answeredNoYaml, type Ending } from '../engines/find-engine.ts';
import type { RenderPass } from '../render-pass.ts';
import { secretWords, withoutSecretWords } from '../secret-words.ts';
import type { BuildResult, Capabilities, RenderedObject } from '../types.ts';
import { type Answer, attempt, attemptBare } from './attempt.ts';
import { carriedPlaces } from './carried-places.ts';
import { traceObjects } from './origin.ts';
import type { EngineObject } from './output.ts';
import { dependents } from './retry.ts';
import { openStage } from './stage.ts';
import type { Twin } from './twins.ts';

/**
 * Copies, runs, reads; again without what depends on something that was taken out, as long as that is what
 * the engine says.
 */
export async function runBuild(
  directory: string,
  analysis: Analysis,
  closure: Closure,
  { failed, cluster, twin, text }: Told,
  pass: RenderPass,
): Promise<Output> {
  const removed = new Map<Analysis, JsonPath[]>();
  for (const one of closure.analyses) {
    const inclusions = one.includes.filter((inclusion) => failed.has(inclusion.directory));
    removed.set(
      one,
      inclusions.map((inclusion) => inclusion.path),
    );
  }
  const left: Unverified[] = [];
  // With a parser of its own, which a run that starts no engine does without.
  const { readOutput } = await import('./output.ts');
  const places = carriedPlaces(pass.repository, closure);
  const scrub = places === null ? null : { words: secretWords(pass.repository, closure.files), places };
  const read = (text: string) => readOutput(text, scrub, pass.memo);
  const staged = { directory, closure, removed, cluster, pass };
  // The shared copy holds what every build agrees on; one without something more needs its own.
  const shared = () => {
    pass.stage ??= openStage(pass.repository);
    return attemptBare(analysis, { ...staged, stage: pass.stage }, read, text);
  };
  const apart = async (variant: Variant | null): Promise<Answer> => {
    const stage = openStage(pass.repository, variant);
    try {
      return await attempt(analysis, { ...staged, stage });
    } finally {
      await stage.dispose();
    }
  };
  let output: Answer =
    twin !== null && 'told' in twin
      ? { ok: true, text: twin.told.text, traced: twin.told.traced }
      : await (failed.size === 0 ? shared() : apart(null));
  if (twin !== null && 'tell' in twin && output.ok)
    twin.tell({ text: output.text, traced: output.traced ?? null });
  for (let round = 0; !output.ok && round < maxRounds && (closure.incomplete || failed.size > 0); round++) {
    const more = dependents(output.message, closure.analyses, removed);
    if (more.length === 0) break;
    for (const one of more) removed.set(one.analysis, [...(removed.get(one.analysis) ?? []), one.path]);
    left.push(...more.map((one) => one.unverified));
    output = await apart(null);
  }
  if (!output.ok) {
    const message = withoutSecretWords(output.message, secretWords(pass.repository, closure.files));
    return { ...output, message };
  }
  const calls = chartCalls(closure, pass.repository);
  const { traced, objects: known = read(output.text) } = output;
  const engineObjects = known?.map((one, index) => ({ ...one, ...traced?.[index] }));
  if (engineObjects === undefined) return { ok: false, ...answeredNoYaml('kustomize') };
  const cut: Extract<Output, { ok: false }>[] = [];
  const settled =
    calls.length === 0
      ? null
      : await settleRenders(engineObjects.map(withFrom), async (variant) => {
          const again = await apart(variant);
          if (!again.ok && again.interrupted) cut.push(again);
          return (again.ok ? read(again.text)?.map(withFrom) : null) ?? null;
        });
  // What one that was cut short would have given says nothing of what differs.
  if (cut[0] !== undefined) return cut[0];
  const objects = traceObjects(settled?.objects ?? engineObjects, analysis, pass.closures, pass.repository);
  if (settled !== null) left.push(...unverifiedChanges(settled, objects, calls, chartFolders(closure, pass)));
  for (const one of closure.analyses)
    if (one.charts && hasUnnamedRelease(one.value) && output.text.includes(unnamedRelease))
      left.push({
        kind: 'release',
        what: `names of the charts of ${one.directory}`,
        why: 'they have no `releaseName`, so that kustomize makes up another one each time',
        origin: one.file.documents[0] ? placeIn(one.file.documents[0], ['helmCharts']) : null,
      });
  return {
    ok: true,
    lasting: true,
    objects,
    left,
  };
}

/** The functions that its charts call and that answer otherwise each time. */
function chartCalls({ analyses }: Closure, { pathOf, store }: RenderPass['repository']): string[] {
  const files = new Set(
    analyses.flatMap(({ chartFiles, packed }) => [
      ...[...chartFiles].map(pathOf),
      ...packed.flatMap(({ chart }) => store.path(chart) ?? []),
    ]),
  );
  const inline = analyses.map(({ charts, value }) => (charts ? JSON.stringify(value.helmCharts) : ''));
  return callsOf(files, inline);
}

function chartFolders({ analyses }: Closure, { repository }: RenderPass): string[] {
  return [
    ...new Set(
      analyses.flatMap(({ value, directory, packed }) => [
        ...localCharts(value, directory, repository).map(({ folder }) => folder),
        ...packed.map(({ folder }) => folder),
      ]),
    ),
  ];
}

function withFrom(object: EngineObject) {
  return { ...object, from: JSON.stringify([object.path, object.generator, object.generatorKind]) };
}

const maxRounds = 5;

/** What is known before it starts. */
interface Told {
  failed: Map<string, BuildResult>;
  cluster: Capabilities;
  twin: Twin;
  /** What the engine wrote of it together with others; null where it was not asked. */
  text: string | null;
}

export type Output =
  | {
      ok: true;
      lasting: boolean;
      objects: RenderedObject[] /** Taken out because of what else was. */;
      left: Unverified[];
    }
  | ({ ok: false; message: string } & Ending);
