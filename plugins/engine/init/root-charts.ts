import { posix } from 'node:path';
import { isUnder } from '../../base/index.ts';
import { chartsOfNobody, isMaterial, type Platform } from '../../platform/index.ts';
import { platformDiagnostics } from '../manifest-faults.ts';

/** Folders of charts that nothing deploys, but for those of tests, examples and tools. */
export function idleCharts(platform: Platform): string[] {
  return chartsOfNobody(platform).filter((folder) => folder === '.' || !isMaterial(folder));
}

/**
 * Of these the ones that deploy others and that no other of them names: somebody installs them by hand or by
 * a script, and all the rest follows.
 */
export function rootCharts(platform: Platform): RootChart[] {
  const files = [...platform.sources.files.values()];
  const templates = files.filter(({ path }) => /(?:^|\/)templates\//.test(path));
  const charts = idleCharts(platform)
    .map((folder) => ({
      folder,
      texts: templates.filter(({ path }) => isUnder(folder, path)).map(({ text }) => text),
    }))
    .filter(({ texts }) => texts.some((text) => deploying.test(text)));
  const isNamed = (folder: string): boolean =>
    charts.some((other) => other.folder !== folder && other.texts.some((text) => text.includes(folder)));
  return charts
    .filter(({ folder }) => !isNamed(folder))
    .map(({ folder }) => ({
      folder,
      values: files.flatMap(({ path }) =>
        posix.dirname(path) === folder && /^values[-.].+\.ya?ml$/.test(posix.basename(path)) ? path : [],
      ),
    }));
}

/**
 * Whether charts stand for what is applied: each of them makes something by its own values, and nothing is
 * wrong that was not before. Values that only a script knows make other things of them, or nothing.
 */
export function areApplied(charts: readonly RootChart[], before: Platform, after: Platform): boolean {
  return (
    charts.every(({ folder }) => after.model.resources.some(({ origin }) => isUnder(folder, origin.file))) &&
    errorsIn(after) <= errorsIn(before)
  );
}

function errorsIn(platform: Platform): number {
  return platformDiagnostics(platform).filter(({ severity }) => severity === 'error').length;
}

const deploying = /^\s*kind:\s*["']?(?:Application|ApplicationSet|HelmRelease)["']?\s*$/m;

export interface RootChart {
  folder: string;
  /** Its files of values besides `values.yaml`: one for each environment, of which one is meant. */
  values: string[];
}
