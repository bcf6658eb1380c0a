import { readFileSync } from 'node:fs';
import { listAt, textsAt } from '../../base/index.ts';
import { type Cache, cacheKey, type LockedChart, type Place, type Store } from '../../source/index.ts';
import { placeIn } from '../analysis/analysis.ts';
import type { Closure } from '../analysis/closure.ts';
import { localCharts } from '../analysis/plugins.ts';
import { mapPacked } from '../changing/packed.ts';
import { type Chart, firstLine, readChart } from '../helm/chart.ts';
import { renderCode } from '../render-code.ts';
import { areAsRead, type Repository } from '../repository-files.ts';
import {
  noQuestions,
  type Questions,
  questionsIn,
  type TemplateFile,
  unitedQuestions,
} from './asked-apis.ts';

/**
 * What charts ask of a cluster, each looked through once. Those that were fetched are looked through here,
 * and only where the answer is not kept; those of the repository when they are asked for.
 */
export async function openQuestions(repository: Repository, cache: Cache): Promise<ChartQuestions> {
  const { store } = repository;
  const packed = new Map<string, Questions>();
  for (const chart of store.lock?.charts ?? [])
    if (store.holds(chart)) packed.set(chart.sha256, await ofFetched(chart, store, cache));
  const folders = new Map<string, Questions>();
  const ofChart = (directory: string, fetched: LockedChart | null, values: string): Questions => {
    const known =
      fetched !== null
        ? (packed.get(fetched.sha256) ?? noQuestions)
        : (folders.get(directory) ?? ofFolder(directory, repository, packed));
    if (fetched === null) folders.set(directory, known);
    return values.includes('{{') ? unitedQuestions([known, questionsIn([], [values])]) : known;
  };
  return {
    ofChart,
    ofClosure: ({ analyses }) =>
      analyses.flatMap(({ value, directory, packed: fetched, file }) => {
        const [document] = file.documents;
        const entryOf = (index: number, folder: string, chart: LockedChart | null): ChartEntry => {
          const entry = listAt(value, 'helmCharts')[index] ?? null;
          return {
            folder,
            chart,
            place: document ? placeIn(document, ['helmCharts', index]) : firstLine(file.path),
            apiVersions: textsAt(entry, 'apiVersions'),
            questions: ofChart(folder, chart, JSON.stringify(entry)),
          };
        };
        return [
          ...localCharts(value, directory, repository).map(({ index, folder }) =>
            entryOf(index, folder, null),
          ),
          ...fetched.map(({ index, folder, chart }) => entryOf(index, folder, chart)),
        ];
      }),
  };
}

async function ofFetched(chart: LockedChart, store: Store, cache: Cache): Promise<Questions> {
  const key = cacheKey(`questions ${renderCode()}`, chart.sha256);
  const kept = await cache.get('chart', key);
  if (kept !== undefined) return JSON.parse(kept) as Questions;
  const { bytes } = store.read(chart);
  if (bytes === null) return noQuestions;
  const found = questionsIn(textsIn(bytes, ''));
  await cache.set('chart', key, JSON.stringify(found));
  return found;
}

function ofFolder(
  directory: string,
  repository: Repository,
  packed: ReadonlyMap<string, Questions>,
): Questions {
  const chart = readChart(directory, repository);
  if (chart === undefined) return noQuestions;
  const fetched = chart.archives.map(({ sha256 }) => packed.get(sha256) ?? noQuestions);
  return unitedQuestions([ofFiles(chart.files, repository), ...fetched]);
}

/** Of files that this process has looked through before it is known, as long as they hold the same. */
function ofFiles(files: Chart['files'], repository: Repository): Questions {
  const read = files.map(({ name, path }) => ({ name, path, hash: repository.hashOf(path) }));
  const key = read.map(({ name, hash }) => `${hash} ${name}`).join('\0');
  const known = lookedThrough.get(key);
  if (known !== undefined) return known;
  const found = questionsIn(
    files.flatMap(({ name, path }) => {
      const bytes = readFileSync(repository.pathOf(path));
      return name.endsWith('.tgz') ? textsIn(bytes, name) : [{ path: name, text: bytes.toString('utf8') }];
    }),
  );
  if (lookedThrough.size >= mostKept) lookedThrough.clear();
  // Of files that were edited meanwhile nothing is kept.
  if (areAsRead(read, repository)) lookedThrough.set(key, found);
  return found;
}

const lookedThrough = new Map<string, Questions>();
const mostKept = 2000;

/** The texts of a packed chart, those of charts packed in it included. */
function textsIn(packed: Buffer, at: string): TemplateFile[] {
  const files: TemplateFile[] = [];
  mapPacked(packed, (text, path) => {
    if (text !== '') files.push({ path: at + path.slice(path.indexOf('/')), text });
    return text;
  });
  return files;
}

export interface ChartQuestions {
  /**
   * Of a chart of the repository, or of one that was fetched.
   * @param values that it is given, which it may render with `tpl`.
   */
  ofChart(directory: string, fetched: LockedChart | null, values: string): Questions;
  /** Of the charts that a kustomization inflates, at any depth. */
  ofClosure(closure: Closure): ChartEntry[];
}

/** A chart that a kustomization inflates. */
export interface ChartEntry {
  folder: string;
  /** Where it was fetched. */
  chart: LockedChart | null;
  /** Of the entry that names it. */
  place: Place;
  /** What that entry says that the cluster serves. */
  apiVersions: string[];
  questions: Questions;
}
