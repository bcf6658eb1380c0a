/** What an engine makes of a source that is more than a folder's own kustomization. */
import { oncePer, whileSame } from '../../base/index.ts';
import {
  nameOfChart,
  type RenderedObject,
  requestKey,
  type SourceBuild,
  type SourceRequest,
} from '../../render/index.ts';
import { type Place, refusedBy, unverifiedChart, unverifiedKustomization } from '../../source/index.ts';
import type { DeployedObject, DeploymentContext, Single } from './deployment-types.ts';

/** True where kustomize builds the folder; else why not is told, and nothing is deployed of it. */
export function isBuilt(folder: string, single: Single, origin: Place, context: DeploymentContext): boolean {
  const build = context.buildOf(folder);
  if (build?.through) {
    single.pending = true;
    context.folders?.add(folder);
  }
  if (build === undefined || build.through) {
    single.unverified.push(unverifiedKustomization(folder, 'it was not built', origin));
    return false;
  }
  single.reads.push(folder);
  if (!build.failed && !build.incomplete) return true;
  // Its objects stand as they are written, deployed by nobody.
  single.unverified.push(...build.unverified);
  single.refused = true;
  if (!build.unverified.some(({ kind }) => kind === 'kustomization')) {
    const read = new Set([folder, ...build.includes]);
    const missing = context.rendered.missing.find(({ directory }) => read.has(directory));
    const why = refusedBy('kustomize', build.refusedAt ?? missing?.origin);
    single.unverified.push(unverifiedKustomization(folder, why, origin));
  }
  return false;
}

/** The objects of a folder's own kustomization; the same, whoever deploys them. */
export const builtObjects = oncePer((objects: readonly RenderedObject[]): DeployedObject[] =>
  objects.map(({ value, origin }) => ({ value, origin, kustomized: true })),
);

/** What the folder's own kustomization gives. */
export function addBuild(folder: string, single: Single, { buildOf }: DeploymentContext): Single {
  const build = buildOf(folder);
  single.objects.push(...builtObjects(build?.objects ?? []));
  single.unverified.push(...(build?.unverified ?? []), ...(build?.unanswered ?? []));
  return single;
}

/** What the engine made of a request; where it was not run yet, the request is noted for the next round. */
export function askEngine(
  request: SourceRequest,
  single: Single,
  context: DeploymentContext,
): SourceBuild | undefined {
  const found = context.ask(requestKey(request), request);
  if (found) return found;
  single.pending = true;
  const { directory, origin } = request;
  const why = 'it was not rendered';
  single.unverified.push(
    request.type === 'Helm'
      ? unverifiedChart(nameOfChart(request), why, origin)
      : { kind: 'options', what: `options for ${directory}`, why, origin },
  );
  return undefined;
}

export function addRendered(
  rendered: SourceBuild,
  engine: 'kustomize' | 'helm',
  folder: string,
  single: Single,
  { origin: place, what }: Step,
): Single {
  const step = { file: place.file, line: place.line, what };
  single.objects.push(
    ...renderedObjects(rendered.objects, [engine, ...Object.values(step)], () =>
      rendered.objects.map(({ value, origin }): DeployedObject => {
        const via = engine === 'helm' ? [step, ...origin.via] : [...origin.via, step];
        const object = { value, origin: { ...origin, via }, kustomized: true };
        return engine === 'helm' ? { ...object, engine } : object;
      }),
    ),
  );
  single.unverified.push(...rendered.unverified);
  // What an engine refuses is told at its file; what is deployed is not known until it is mended, rather than
  // nothing.
  if (rendered.failure !== null) {
    single.refused = true;
    // That content is another than was locked is told of the chart that it is of.
    if (rendered.failure.rule === 'lock-mismatch') return single;
    const [at] = rendered.failure.sources;
    single.unverified.push(
      engine === 'helm'
        ? unverifiedChart({ directory: folder }, refusedBy('Helm', at), place)
        : unverifiedKustomization(folder, refusedBy('kustomize', at), place),
    );
  }
  return single;
}

const renderedObjects = whileSame<readonly RenderedObject[], DeployedObject[]>();

/** Whose options they are, as the way from an object's file to what deploys it tells. */
export interface Step {
  origin: Place;
  what: string;
}
