import { nearest } from '../../base/index.ts';
import { baseEnvironment, type Environment, EvaluationError, type Meter } from '../../cel/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Elements } from '../elements.ts';
import { overName, type SubjectKind } from '../subjects/index.ts';
import { lookups } from './lookups.ts';

/**
 * CEL with the functions of the model. One for a whole run: making it costs more than many queries.
 */
export function createEnvironment(platform: Platform, elements: Elements, meter: Meter): Environment {
  const environment = baseEnvironment(meter);
  for (const [name, kind] of Object.entries(lookups)) {
    if (kind === undefined) continue;
    const find =
      kind === 'resource' ? byReference(platform, elements, meter) : byName(elements, kind, name, meter);
    environment.registerFunction(`${name}(string): dyn`, find);
    environment.registerFunction(`${name}(null): dyn`, () => {
      throw new EvaluationError({ code: 'no_such_key', message: `${name}(null) is nothing` });
    });
  }
  return environment;
}

function byName(elements: Elements, kind: SubjectKind, noun: string, meter: Meter) {
  let index: Map<string, unknown> | undefined;
  return (name: string): unknown => {
    if (index === undefined) {
      index = new Map();
      for (const element of elements.all(kind))
        if (!index.has(String(element.name))) index.set(String(element.name), element);
    }
    const found = index.get(name);
    if (found !== undefined) return found;
    // The nearest is looked for among all.
    meter.spend(1 + index.size);
    throw unknownName(`there is no ${noun} \`${name}\``, nearest(name, index.keys()), kind);
  };
}

function byReference(platform: Platform, elements: Elements, meter: Meter) {
  return (reference: string): unknown => {
    const found = platform.resolveReference(reference);
    if (!found.ok) {
      meter.spend(1 + platform.model.resources.length);
      const message =
        found.reason === 'ambiguous'
          ? `\`${reference}\` names several resources`
          : `there is no resource \`${reference}\``;
      throw unknownName(message, found.candidates, 'resource');
    }
    const subject = elements.ofResource(found.resource);
    if (subject !== undefined) return elements.elementOf(subject);
    throw unknownName(`there is no resource \`${reference}\``, [], 'resource');
  };
}

function unknownName(message: string, candidates: string[], kind: SubjectKind): EvaluationError {
  const help = candidates.length > 0 ? null : `\`plumbline table ${overName(kind)}\` lists them`;
  const cause: UnknownName = { candidates, help };
  return new EvaluationError({ code: 'unknown_name', message, cause });
}

/** What an error says of a name that a look-up does not find. */
export interface UnknownName {
  candidates: string[];
  help: string | null;
}
