/** `${NAME}` that a set-up step fills in before anything is applied, with the values of the configuration. */

import { isObject, type JsonObject, type JsonValue } from '../base/index.ts';
import type { Rendered, RenderedObject } from '../render/index.ts';
import type { Sources } from '../source/index.ts';

/**
 * Sources and rendered objects with the values in place; what the configuration does not name stays as it is
 * written.
 */
export function fillPlaceholders<T extends { sources: Sources; rendered: Rendered }>(
  input: T,
  values: Readonly<Record<string, string>>,
): T {
  if (Object.keys(values).length === 0) return input;
  const object = (value: JsonObject): JsonObject => {
    const filled = fill(value, values);
    return isObject(filled) ? filled : value;
  };
  const all = (objects: RenderedObject[]) => objects.map((item) => ({ ...item, value: object(item.value) }));
  const { sources, rendered } = input;
  const files = new Map(
    [...sources.files].map(([path, file]) => [
      path,
      file.text.includes('${')
        ? {
            ...file,
            documents: file.documents.map((document) => ({ ...document, value: object(document.value) })),
          }
        : file,
    ]),
  );
  const filled = <B extends { objects: RenderedObject[] }>(builds: ReadonlyMap<string, B>) =>
    new Map([...builds].map(([key, build]) => [key, { ...build, objects: all(build.objects) }]));
  const builds = filled(rendered.builds);
  const sourceBuilds = filled(rendered.sourceBuilds);
  return { ...input, sources: { ...sources, files }, rendered: { ...rendered, builds, sourceBuilds } };
}

function fill(value: JsonValue, values: Readonly<Record<string, string>>): JsonValue {
  if (typeof value === 'string')
    return value.includes('${')
      ? value.replaceAll(/\$\{(\w+)\}/g, (text, name: string) =>
          Object.hasOwn(values, name) ? (values[name] ?? text) : text,
        )
      : value;
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [String(fill(key, values)), fill(inner, values)]),
  );
}
