import type { JsonObject, JsonPath } from '../../base/index.ts';
import type {
  EarlyDiagnostic,
  LockedChart,
  Place,
  SourceDocument,
  SourceFile,
  Unverified,
} from '../../source/index.ts';
import type { MissingInput } from '../types.ts';

/** The place of an entry, or of the nearest thing that holds it. */
export function placeIn(document: SourceDocument, path: JsonPath): Place {
  for (let length = path.length; length > 0; length--) {
    const place = document.locate(path.slice(0, length));
    if (place !== undefined) return place;
  }
  return document.place;
}

export function pathText(path: JsonPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

export interface Analysis {
  file: SourceFile;
  /** Folder relative to the root. */
  directory: string;
  value: JsonObject;
  /** What an Application adds to it; null where it is built as it is written. */
  options: JsonObject | null;
  /** What the engine gets where the folder has no kustomization of its own; null where it has. */
  generated: JsonObject | null;
  /** True where charts of the repository are rendered in it. */
  charts: boolean;
  /** Files that it reads itself, kustomizations included that lie beside it. */
  inputs: Set<string>;
  /** Of those the ones that Helm reads for its charts. */
  chartFiles: Set<string>;
  /** Charts that were fetched. */
  packed: PackedChart[];
  /** What schemas of its charts refer to, by name and digest. */
  schemas: [string, string][];
  /** Kustomizations that it lists as resources. */
  includes: Inclusion[];
  components: Inclusion[];
  /** What to take out of the copy. */
  removals: JsonPath[];
  /** What to write in the place of an address: the relative path of what was fetched. */
  rewrites: { path: JsonPath; to: string }[];
  /** Files that lie at an address of their own, by where they stand, and where they are asked for. */
  borrowed: { file: string; path: JsonPath; url: string }[];
  unverified: Unverified[];
  diagnostics: EarlyDiagnostic[];
  /** Of those the ones about files and folders that are not there. */
  missing: MissingInput[];
  /** True where kustomize refuses it for what it lists, whatever the engine says of the rest. */
  incomplete: boolean;
  /** Files that it lists and that are no YAML, which is told at each of them. */
  broken: string[];
}

interface PackedChart {
  /** Of its entry among `helmCharts`. */
  index: number;
  /** Where kustomize looks for it, relative to the root. */
  folder: string;
  chart: LockedChart;
  /** Of the entry. */
  place: Place;
}

interface Inclusion {
  directory: string;
  /** Where the including kustomization names it. */
  path: JsonPath;
}
