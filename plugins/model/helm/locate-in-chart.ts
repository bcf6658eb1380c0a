/**
 * The line that a person edits to change what Helm rendered: where the value is set that the template writes
 * there, else the line of the template.
 */
import { posix } from 'node:path';
import { asText, at, isObject, type JsonPath, type JsonValue, stableStringify } from '../../base/index.ts';
import type { Place, Sources } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import { findWritten, gives, type Part, type Written } from './find-written.ts';
import { type OpenTemplate, openTemplates } from './open-templates.ts';
import type { ReadPath } from './references.ts';
import { type ChartValues, type Found, valuesAt } from './value-places.ts';

/** Reads templates when it is asked, each once. Undefined where nothing better is known than the object. */
export function openCharts(sources: Sources): LocateInChart {
  const templates = openTemplates(sources);
  return (resource, path, charts) => {
    const { line } = resource.origin;
    const object = resource.rendered;
    // What makes a Secret is shown at its template alone, which is read without its values.
    const hides = /Secret/.test(resource.kind);
    for (const { directory, templates: files, isExact, valuesOf } of charts) {
      const found = files.flatMap((file): Possible[] => {
        const template = templates(file, directory);
        const possible = template?.parts.filter((part) => gives(part, object)) ?? [];
        const part = possible.find(({ from }) => template?.placeOf(from, from).line === line) ?? possible[0];
        return template === undefined || part === undefined ? [] : [{ file, template, part }];
      });
      const [only, ...others] = found;
      if (only === undefined || others.length > 0) continue;
      const { file, template, part } = only;
      const written = findWritten(template.skeleton, part, object, path);
      const values = hides ? undefined : valuesOf(file);
      return settle(written, at(object, ...path), { template, values, isExact });
    }
    return undefined;
  };
}

/**
 * Of all that may write a value what gives the one that was rendered; where nothing does, what the only one
 * reads, whatever it makes of it.
 */
function settle(
  written: readonly Written[],
  rendered: JsonValue | undefined,
  { template, values, isExact }: Reading,
): Place | undefined {
  const places = written.map(({ from, to }) => template.placeOf(from, to));
  const right = written.flatMap((one, index) => {
    const own = places[index];
    if (one.literal !== null) return own && one.literal === asText(rendered ?? null) ? [own] : [];
    return readsOf(one, template, values).flatMap(({ value, place }) =>
      isSame(value, rendered) ? place : [],
    );
  });
  const [first, ...others] = distinct(right);
  if (first !== undefined && others.length === 0) return first;
  if (isExact) return undefined;
  const [only, ...more] = written;
  const reads = only && more.length === 0 && first === undefined ? readsOf(only, template, values) : [];
  if (reads.length === 1) return reads[0]?.place;
  const [own, ...elsewhere] = distinct(places);
  return elsewhere.length === 0 ? own : undefined;
}

function readsOf(
  { slots, rest }: Written,
  { skeleton }: OpenTemplate,
  values: ChartValues | undefined,
): Found[] {
  if (values === undefined) return [];
  const paths = slots.flatMap((slot) => skeleton.slots[slot]?.references ?? []);
  return paths.flatMap((path) => readAt([...path, ...rest], values));
}

/** What templates read, by the word that it begins with. */
function readAt([first, ...path]: ReadPath, values: ChartValues): Found[] {
  if (first === 'Values') return path.length === 0 ? [] : valuesAt(path, values);
  const [field, ...more] = path;
  if (typeof field !== 'string' || more.length > 0) return [];
  const { release, namespace } = values.request;
  if (first === 'Release' && field === 'Name')
    return [{ value: release, place: values.locate(values.release) }];
  if (first === 'Release' && field === 'Namespace')
    return [{ value: namespace, place: values.locate(values.namespace) }];
  if (first !== 'Chart') return [];
  const document = values.sources.files.get(posix.join(values.folder, 'Chart.yaml'))?.documents[0];
  const key = `${field.charAt(0).toLowerCase()}${field.slice(1)}`;
  const place = document?.locate([key]);
  return place === undefined ? [] : [{ value: at(document?.value, key) ?? null, place }];
}

function isSame(value: JsonValue, rendered: JsonValue | undefined): boolean {
  return isObject(value) || Array.isArray(value)
    ? stableStringify(value) === stableStringify(rendered)
    : asText(value) === asText(rendered ?? null);
}

function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

export type LocateInChart = (
  resource: Resource,
  path: JsonPath,
  charts: readonly AskedChart[],
) => Place | undefined;

/** A chart, and what is said of its values where somebody asks for it. */
export interface AskedChart {
  directory: string;
  /** Files of which one may have given the resource. */
  templates: readonly string[];
  /** True where only the very value tells where it is set, as something may change it after Helm. */
  isExact: boolean;
  /** As a template of the chart sees them; undefined where that is not known. */
  valuesOf(file: string): ChartValues | undefined;
}

interface Possible {
  file: string;
  template: OpenTemplate;
  part: Part;
}
interface Reading {
  template: OpenTemplate;
  values: ChartValues | undefined;
  isExact: boolean;
}
