/**
 * The line that a person edits to change what Helm rendered: where the value is set that the template writes
 * there, else the line of the template.
 */
import { posix } from 'node:path';
import { asText, at, isObject, type JsonPath, type JsonValue, stableStringify } from '../../base/index.ts';
import type { HelmRequest } from '../../render/index.ts';
import type { Place, Sources } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import { chartValuesFor } from './chart-values.ts';
import { findWritten, gives, type Written } from './find-written.ts';
import { type OpenTemplate, openTemplates } from './open-templates.ts';
import type { ReadPath } from './references.ts';
import { type ChartValues, type Found, valuesAt } from './value-places.ts';

/** Reads templates when it is asked, each once. Undefined where nothing better is known than the object. */
export function openCharts(sources: Sources): LocateInChart {
  const templates = openTemplates(sources);
  return (resource, path, { requests, deployer, locate }) => {
    const { file, line } = resource.origin;
    const object = resource.rendered;
    for (const request of requests) {
      const template = templates(file, request.directory);
      // What makes a Secret is shown at its template alone, which is read without its values.
      const hides = /Secret/.test(resource.kind);
      const values = hides ? undefined : template && chartValuesFor(file, request, deployer, locate, sources);
      const possible = template?.parts.filter((part) => gives(part, object)) ?? [];
      const part = possible.find(({ from }) => template?.placeOf(from, from).line === line) ?? possible[0];
      if (template === undefined || part === undefined) continue;
      const written = findWritten(template.skeleton, part, object, path);
      return settle(written, at(object, ...path), template, values);
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
  template: OpenTemplate,
  values: ChartValues | undefined,
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

export type LocateInChart = (resource: Resource, path: JsonPath, chart: InChart) => Place | undefined;
interface InChart {
  /** What what deploys it asks of Helm. */
  requests: readonly HelmRequest[];
  deployer: Resource;
  locate(resource: Resource, path: JsonPath): Place;
}
