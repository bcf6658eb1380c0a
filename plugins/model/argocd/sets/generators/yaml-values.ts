/** YAML of generator files and of `elementsYaml`, as Argo CD reads it. */
import type { JsonValue } from '../../../../base/index.ts';
import { readYaml } from '../../../../template/index.ts';

/**
 * The first document of a text; an empty text is null. JSON may be indented with tabs, which YAML forbids.
 */
export function readYamlValues(text: string): { ok: true; value: JsonValue } | { ok: false; why: string } {
  try {
    return { ok: true, value: /^\s*[[{]/.test(text) ? readJson(text) : readYaml(text) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return readYaml(text.replaceAll('\t', ' '));
  }
}
