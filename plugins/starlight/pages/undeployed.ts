import { posix } from 'node:path';
import { h } from 'hastscript';
import { compareText, isUnder } from '../../base/index.ts';
import { setsMayDeploy } from '../../engine/index.ts';
import { deployersOf } from '../../model/index.ts';
import { chartsOfNobody, isMaterial, type Platform } from '../../platform/index.ts';
import { kustomizationReferences } from '../../source/index.ts';
import { block, place } from './html.ts';
import type { SiteContext } from './site-context.ts';

/**
 * Charts and folders of manifests that nothing in the repository deploys, where something is deployed at all.
 * What lies in folders for tests, examples, parts or tools is meant for nobody's cluster and is left out, as
 * is what the configuration says is applied otherwise.
 */
export function undeployedOf(platform: Platform): Undeployed[] {
  const { model, config, sources } = platform;
  if (deployersOf(model).length === 0) return [];
  // A kustomization that takes the values of a chart from its folder deploys that chart.
  const named = [...sources.files.values()].flatMap(({ path, role, documents }) =>
    role !== 'kustomization'
      ? []
      : documents.flatMap(({ value }) =>
          kustomizationReferences(value).map(({ target }) => posix.join(posix.dirname(path), target)),
        ),
  );
  const charts = chartsOfNobody(platform)
    .filter((folder) => !isMaterial(folder) && !named.some((path) => isUnder(folder, path)))
    .map((path): Undeployed => ({ path, what: 'chart', resources: 0, file: `${path}/Chart.yaml`, line: 1 }));
  const folderOf = createFolders(platform);
  const byFolder = new Map<string, Undeployed>();
  // What deploys the rest begins with somebody's hand, and what lies in one file with it does too.
  const first = new Set(
    model.resources.filter(({ kind }) => deploying.has(kind)).map(({ origin }) => origin.file),
  );
  for (const resource of model.resources) {
    const { deployer, generatedBy, layer, origin } = resource;
    if (deployer !== null || generatedBy !== null || layer === 'bootstrap') continue;
    if (first.has(origin.file) || setsMayDeploy(resource, platform)) continue;
    if (/\.(?:sops|enc)\./.test(origin.file)) continue;
    const path = folderOf(origin.file);
    if (isMaterial(path) || charts.some((chart) => isUnder(chart.path, path))) continue;
    const known = byFolder.get(path);
    if (known === undefined)
      byFolder.set(path, { path, what: 'folder', resources: 1, file: origin.file, line: origin.line });
    else known.resources += 1;
  }
  const all = [...charts, ...byFolder.values()].sort((a, b) => compareText(a.path, b.path));
  const byHand = [...config.layers.bootstrap, ...(config.deploy ?? []).map(({ path }) => path)];
  // Of folders within each other the outer one tells of all.
  const outer = all.filter(
    ({ path }) => !all.some((other) => other.path !== path && isUnder(other.path, path)),
  );
  return outer
    .filter(({ path }) => !byHand.some((folder) => isUnder(folder, path)))
    .map((one) => ({
      ...one,
      resources: all.reduce((sum, { path, resources }) => sum + (isUnder(one.path, path) ? resources : 0), 0),
    }));
}

/**
 * Where somebody would apply a file: the outermost kustomization that takes it up and that nothing deploys,
 * else its own folder.
 */
function createFolders({ rendered, model }: Platform): (file: string) => string {
  const builds = [...rendered.builds.values()];
  const included = new Set(builds.flatMap(({ failed, includes }) => (failed ? [] : [...includes])));
  const deployed = new Set(
    deployersOf(model).flatMap(({ sources }) =>
      sources.flatMap(({ local, path }) => (local && path !== null ? [posix.join('.', path, '.')] : [])),
    ),
  );
  const folders = new Map<string, string>();
  for (const { directory, inputs } of builds) {
    if (included.has(directory) || deployed.has(directory)) continue;
    for (const file of inputs) if (!folders.has(file)) folders.set(file, directory);
  }
  return (file) => folders.get(file) ?? posix.dirname(file);
}

const deploying = new Set(['Application', 'ApplicationSet', 'Kustomization', 'HelmRelease']);

/** A list of the first of them, each with where it begins. */
export function undeployedList(
  undeployed: readonly Undeployed[],
  context: SiteContext,
  most = longestList,
): string[] {
  const { say } = context.speech;
  const shown = undeployed.slice(0, most);
  const items = shown.map(({ path, what, resources, file, line }) =>
    h('li', [
      h('code', path),
      ` (${what === 'chart' ? say('undeployed.chart') : say('number.resource', { count: resources })}) `,
      place({ file, line, column: 1, endLine: line, endColumn: 1 }, context),
    ]),
  );
  const rest = undeployed.length - shown.length;
  return [
    say('undeployed.intro'),
    block(h('ul', items)),
    ...(rest > 0
      ? [
          most < longestList
            ? say('undeployed.moreListed', {
                count: rest,
                status: `[${say('undeployed.status')}](${context.page('status')})`,
              })
            : say('undeployed.more', { count: rest }),
        ]
      : []),
  ];
}

const longestList = 200;

export interface Undeployed {
  /** Of the folder, from the root. */
  path: string;
  what: 'chart' | 'folder';
  resources: number;
  /** Where the first of it is written. */
  file: string;
  line: number;
}
