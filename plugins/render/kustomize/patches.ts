import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { at, isObject, type JsonObject, type JsonValue, listAt, textAt } from '../../base/index.ts';
import { parseYaml, toJson } from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';

/**
 * Gives every strategic-merge patch a target, in place. A patch without one must find its object, and fails
 * the build where that is among what was taken out (in a chart, say); a patch with a target that selects
 * nothing does nothing.
 */
export function tolerantPatches(kustomization: JsonObject, directory: string, repository: Repository): void {
  const patches: JsonValue[] = [];
  for (const entry of listAt(kustomization, 'patches')) {
    const text = patchText(entry, directory, repository);
    if (at(entry, 'target') !== undefined || text === undefined) patches.push(entry);
    else patches.push(...targeted(text, at(entry, 'options')));
  }
  for (const entry of listAt(kustomization, 'patchesStrategicMerge')) {
    if (typeof entry !== 'string') continue;
    const text = readPatch(repository, posix.join(directory, entry)) ?? entry;
    patches.push(...targeted(text, undefined));
  }
  delete kustomization.patchesStrategicMerge;
  if (patches.length > 0) kustomization.patches = patches;
}

function patchText(entry: JsonValue, directory: string, repository: Repository): string | undefined {
  const path = textAt(entry, 'path');
  return path === undefined ? textAt(entry, 'patch') : readPatch(repository, posix.join(directory, path));
}

function readPatch({ pathOf }: Repository, path: string): string | undefined {
  try {
    return readFileSync(pathOf(path), 'utf8');
  } catch {
    return undefined;
  }
}

function targeted(text: string, options: JsonValue | undefined): JsonValue[] {
  const values = patchValues(text);
  const usable =
    values.length > 0 && values.every((value) => textAt(value, 'kind') && textAt(value, 'metadata', 'name'));
  if (!usable) return [options === undefined ? { patch: text } : { patch: text, options }];
  return values.map((value) => {
    const patch: JsonObject = { patch: JSON.stringify(value), target: targetOf(value) };
    if (options !== undefined) patch.options = options;
    return patch;
  });
}

/** The documents of a patch that are mappings. */
export function patchValues(text: string): JsonObject[] {
  return parseYaml(text).flatMap((document) => {
    const { value } = toJson(document.contents);
    return isObject(value) && document.errors.length === 0 ? [value] : [];
  });
}

/** Selectors are regular expressions that kustomize anchors. */
function targetOf(patch: JsonObject): JsonObject {
  const target: JsonObject = {
    kind: literally(textAt(patch, 'kind') ?? ''),
    name: literally(textAt(patch, 'metadata', 'name') ?? ''),
  };
  const group = groupOf(patch);
  const namespace = textAt(patch, 'metadata', 'namespace');
  if (group !== '') target.group = literally(group);
  if (namespace !== undefined) target.namespace = literally(namespace);
  return target;
}

export function groupOf(value: JsonValue): string {
  const version = textAt(value, 'apiVersion') ?? '';
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
