import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { Manifest } from './schema.ts';

export const root = resolve(import.meta.dirname, '../..');

export interface Source {
  /** Relative to the root. */
  file: string;
  line: number;
  manifest: Manifest;
}

export interface Kustomization extends Manifest {
  resources?: string[];
  helmCharts?: { name: string; valuesFile: string }[];
  configMapGenerator?: { name: string; files: string[] }[];
}

/** Every file under IT/ and K8s/, relative to the root. */
export const files = ['IT', 'K8s'].flatMap(filesUnder).toSorted();

export const kustomizations = files
  .filter((file) => file.endsWith('/kustomization.yaml'))
  .map((file) => ({ file, folder: dirname(file), content: kustomizationIn(file) }));

/** YAML that is no manifest: values of charts, and what kustomize packs into ConfigMaps. */
export const inputs = kustomizations.flatMap(({ folder, content }) => [
  ...(content.helmCharts ?? []).map((chart) => join(folder, chart.valuesFile)),
  ...(content.configMapGenerator ?? [])
    .flatMap((generator) => generator.files)
    .map((entry) => join(folder, entry.slice(entry.indexOf('=') + 1))),
]);

export const manifestFiles = files.filter((file) => file.endsWith('.yaml') && !inputs.includes(file));

/** The documents of a file. A file that does not parse, or says nothing, is an error. */
export function sourcesIn(file: string): Source[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(readFileSync(join(root, file), 'utf8'), { lineCounter: lines });
  if (documents.length === 0) throw new Error(`${file} is empty`);
  return documents.map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join('\n')}`);
    const line = lines.linePos(document.contents?.range?.[0] ?? 0).line;
    return { file, line, manifest: document.toJS() as Manifest };
  });
}

/** A stream of documents, as kustomize prints it. */
export function manifestsIn(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

export function titleOf({ apiVersion, kind, metadata }: Manifest): string {
  return [apiVersion, kind, metadata?.namespace, metadata?.name].filter(Boolean).join(' ');
}

function kustomizationIn(file: string): Kustomization {
  const [source] = sourcesIn(file);
  if (source === undefined) throw new Error(`${file} is empty`);
  return source.manifest;
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
