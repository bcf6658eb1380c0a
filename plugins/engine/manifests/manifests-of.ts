/** What a deployer applies, in its sequence, as YAML that says where each object comes from. */
import { firstOf, isUnder, oncePer } from '../../base/index.ts';
import {
  type Deployer,
  deployerKind,
  type Model,
  type Resource,
  unappliedBecause,
} from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { isError, type Place, repositoryAddress, type Unverified } from '../../source/index.ts';
import { hiddenFields, leftOut, withoutValues } from './without-values.ts';
import { commentLines, writeDocument } from './write-document.ts';

export function manifestsOf(deployer: Deployer, platform: Platform): Manifests {
  const missing = deployer.unverified.filter(({ kind }) => !aboutPermission.has(kind));
  const name = `${deployerKind(deployer)} ${[deployer.namespace ?? [], deployer.name].flat().join('/')}`;
  const applied = deployer.order.flatMap((ids, index) =>
    ids.flatMap((id) => {
      const resource = platform.resource(id);
      return resource ? [{ resource, step: stepOf(deployer, index) }] : [];
    }),
  );
  const refusals = refusalsOf(deployer, platform);
  const told = new Set<Unverified>();
  const documents = applied.map(({ resource, step }) => {
    const unknown = missing.filter((one) => isAbout(one, resource));
    for (const one of unknown) told.add(one);
    const comments = [
      `${name} (${at(deployer.origin)}): ${step}`,
      originLine(resource),
      ...valueLines(resource, platform),
      ...unknown.map((one) => `not verified: ${unverifiedLine(one)}`),
    ];
    return writeDocument(withoutValues(resource.rendered), comments);
  });
  const others = missing.filter((one) => !told.has(one));
  const header = [
    `${name} (${at(deployer.origin)})${targetOf(deployer)}`,
    ...deployer.sources.map((source) => `source: ${sourceLine(source)}`),
    ...conditionLines(deployer),
    ...refusals.map((one) => `nothing of it is applied: ${one}`),
    ...leftOutLines(deployer, new Set(applied.map(({ resource }) => resource)), platform),
    ...(others.length > 0
      ? ['not verified: what is not known of it may add objects here, or change them:']
      : []),
    ...others.map((one) => `  ${unverifiedLine(one)}`),
  ];
  return { name, missing, refusals, text: commentLines(header) + documents.join('') };
}

function stepOf(deployer: Deployer, index: number): string {
  const stage = deployer.kind === undefined ? deployer.stages[index] : undefined;
  return stage === undefined
    ? `step ${index + 1} of ${deployer.order.length}`
    : `${stage.phase}, wave ${stage.wave}`;
}

/** The document that a person edits, and the way from there. */
function originLine({ origin }: Resource): string {
  const { fetched, via } = origin;
  const start =
    fetched === undefined
      ? `from ${at(origin)}`
      : // What is no chart has an address, and no name of a chart or version has a colon.
        `from ${fetched.includes(':') ? '' : 'the chart '}${fetched}, asked for at ${at(origin)}`;
  const way = via.map((step) => `${at(step)} (${step.what})`);
  return way.length === 0 ? start : `${start} by way of ${firstOf(way, mostSteps)}`;
}

function valueLines(resource: Resource, platform: Platform): string[] {
  const hidden = hiddenFields(resource, platform);
  return [
    ...(JSON.stringify(withoutValues(resource.rendered)).includes(`"${leftOut}"`)
      ? ['the values of the Secret are left out: no cluster takes it as it stands here']
      : []),
    ...(hidden.length > 0 ? [`left out, as it is secret: ${hidden.join(', ')}`] : []),
  ];
}

function targetOf({ destination: { server, name, namespace } }: Deployer): string {
  const cluster = name ?? server;
  return [
    cluster === null ? '' : ` to ${cluster}`,
    namespace === null ? '' : ` into namespace ${namespace}`,
  ].join('');
}

function sourceLine({ repoURL, path, chart, targetRevision, local }: Deployer['sources'][number]): string {
  const what = chart === null ? (path ?? 'the values beside it') : `chart ${chart}`;
  // Nothing that stands in an address before its host is for other eyes.
  const where = local ? 'this repository' : repositoryAddress(repoURL);
  return `${what} of ${where}${targetRevision === null ? '' : ` at ${targetRevision}`}`;
}

/** What decides whether a sync comes to it at all. */
function conditionLines(deployer: Deployer): string[] {
  if (deployer.kind !== undefined)
    return deployer.suspend ? ['it is suspended: Flux applies nothing of it as long as it says so'] : [];
  const { createsNamespace, destination, unverified } = deployer;
  return [
    ...(createsNamespace ? [`a sync makes the Namespace ${destination.namespace} before anything else`] : []),
    ...unverified
      .filter(({ kind }) => aboutPermission.has(kind))
      .map((one) => `whether its project permits it is not verified: ${unverifiedLine(one)}`),
  ];
}

/** What it renders and no sync applies. */
function leftOutLines(deployer: Deployer, applied: ReadonlySet<Resource>, { model }: Platform): string[] {
  const others = (byDeployer(model).get(deployer.id) ?? []).filter((one) => !applied.has(one));
  const excluded = model.findings.flatMap((one) =>
    one.type === 'excluded' && one.application === deployer.name
      ? [`${one.resource.kind}/${one.resource.name}`]
      : [],
  );
  return [
    ...others.map((one) => `no part of a sync: ${one.kind}/${one.name} (${whyNot(one)})`),
    ...excluded.map((one) => `Argo CD leaves out ${one}: its kind is excluded`),
  ];
}

function whyNot(resource: Resource): string {
  const hooks = ['argocd.argoproj.io/hook', 'helm.sh/hook'].flatMap((key) =>
    resource.annotations[key] === undefined ? [] : [`${key}: ${resource.annotations[key]}`],
  );
  return unappliedBecause(resource) ?? hooks.join(', ');
}

const byDeployer = oncePer((model: Model) => Map.groupBy(model.resources, ({ deployer }) => deployer));

/** What is wrong with it, so that nothing of it, or not all of it, is applied. */
function refusalsOf(deployer: Deployer, { diagnostics }: Platform): string[] {
  const { origin, sources, unverified } = deployer;
  const forbidden =
    deployer.kind === undefined
      ? deployer.permitted.reasons.map(
          ({ message, source }) => `${message}${source === null ? '' : ` (${at(source)})`}`,
        )
      : [];
  const refused = unverified.filter(({ kind }) => kind === 'refused').map(unverifiedLine);
  const isOwn = ({ file, line }: Place): boolean =>
    (file === origin.file && origin.line <= line && line <= origin.endLine) ||
    sources.some(({ local, path }) => local && path !== null && isUnder(path, file)) ||
    unverified.some((one) => one.origin?.file === file);
  const failed = diagnostics.filter(
    (one) => one.rule !== 'manifest-invalid' && isError(one) && one.sources.some(isOwn),
  );
  return [...new Set([...forbidden, ...refused, ...failed.map(({ message }) => message)])];
}

/** Whether only fields of this object are not known. */
function isAbout(one: Unverified, { kind, name, origin }: Resource): boolean {
  if (one.kind !== 'partial' || one.origin === null) return false;
  const { object } = one;
  const isHere = one.origin.file === origin.file && one.origin.line === origin.line;
  return isHere && (object === undefined || (object.kind === kind && object.name === name));
}

function unverifiedLine({ what, why, origin }: Unverified): string {
  return `${what}: ${why}${origin === null ? '' : ` (${at(origin)})`}`;
}

function at({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

/** What is not known of a cluster's Secrets or of global projects changes no manifest. */
const aboutPermission = new Set<Unverified['kind']>(['cluster', 'project']);
const mostSteps = 6;

export interface Manifests {
  /** `Application argocd/shop`. */
  name: string;
  /** Documents behind a comment about the whole. */
  text: string;
  /** What of it is not known. */
  missing: Unverified[];
  /** Why nothing of it would be applied, whatever else becomes known. */
  refusals: string[];
}
