import { posix } from 'node:path';
import { at, isObject, type JsonPath, type JsonValue, listAt, textAt, textsAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { DiagnosticSource, Place } from '../../source/index.ts';
import { sourceOf } from '../subjects.ts';

/** The first `null` among the values of charts that Applications have rendered here. */
export function firstNull(platform: Platform): DiagnosticSource | undefined {
  const { resources } = platform.model;
  const rendered = new Set(
    resources.flatMap(({ source, application }) => (source === 'helm' ? (application ?? []) : [])),
  );
  for (const application of resources) {
    const { kind, group, name, rendered: value } = application;
    if (kind !== 'Application' || group !== 'argoproj.io' || !rendered.has(name)) continue;
    for (const path of sourcePaths(value)) {
      const found = nullIn(application, path, platform);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function sourcePaths(application: JsonValue): JsonPath[] {
  const several = listAt(application, 'spec', 'sources');
  return several.length > 0 ? several.map((_, index) => ['spec', 'sources', index]) : [['spec', 'source']];
}

function nullIn(application: Resource, path: JsonPath, platform: Platform): DiagnosticSource | undefined {
  const source = at(application.rendered, ...path);
  const values = textAt(source, 'helm', 'values') ?? '';
  const object = at(source, 'helm', 'valuesObject');
  const key = object === undefined || object === null ? 'values' : 'valuesObject';
  if (key === 'valuesObject' ? holdsNull(object) : written.test(values))
    return sourceOf(platform, application, 'null', [...path, 'helm', key]);
  const folder = textAt(source, 'path') ?? '';
  const files = [
    posix.join(folder, 'values.yaml'),
    ...textsAt(source, 'helm', 'valueFiles').map((file) =>
      file.startsWith('$') ? file.slice(file.indexOf('/') + 1) : posix.join(folder, file),
    ),
  ];
  for (const file of textAt(source, 'chart') ? files.slice(1) : files) {
    const place = nullInFile(file, platform);
    if (place !== undefined) return { ...place, resource: null, path: null, role: 'null', via: [] };
  }
  return undefined;
}

function nullInFile(file: string, { sources }: Platform): Place | undefined {
  const lines = (sources.files.get(file)?.text ?? '').split('\n');
  const index = lines.findIndex((line) => written.test(line));
  const text = lines[index];
  if (text === undefined) return undefined;
  const column = text.search(/\S/) + 1;
  return { file, line: index + 1, column, endLine: index + 1, endColumn: text.trimEnd().length + 1 };
}

function holdsNull(value: JsonValue | undefined): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsNull);
  return isObject(value) && Object.values(value).some(holdsNull);
}

/** The first chart of a kustomization that is given a namespace, and says none itself. */
export function firstNamespaced({ rendered, sources, model }: Platform): DiagnosticSource | undefined {
  const missing = new Set(
    model.unverified.flatMap((one) =>
      one.kind === 'chart' && one.kinds === undefined ? (one.origin?.file ?? []) : [],
    ),
  );
  for (const { inputs, failed } of rendered.builds.values())
    for (const path of failed ? [] : inputs) {
      const file = sources.files.get(path);
      const document = file?.role === 'kustomization' && !missing.has(path) ? file.documents[0] : undefined;
      if (!document || !textAt(document.value, 'namespace')) continue;
      const index = listAt(document.value, 'helmCharts').findIndex((chart) => !textAt(chart, 'namespace'));
      const place = index < 0 ? undefined : document.locate(['helmCharts', index]);
      if (place !== undefined)
        return { ...placeOf(place), resource: null, path: null, role: 'chart', via: [] };
    }
  return undefined;
}

function placeOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

const written = /^[^#\n]*:[ \t]+(?:null|~)[ \t]*(?:#.*)?$/m;
