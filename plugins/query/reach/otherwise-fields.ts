/** Which fields of a subject are not sure, as several overlays make what they come from, each in its way. */
import type { JsonPath } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform, UnreadPart } from '../../platform/index.ts';
import { unverifiedKustomization } from '../../source/index.ts';
import { type Subject, typeOf } from '../subjects/index.ts';
import { builtOtherwise, type Otherwise } from './built-otherwise.ts';
import { fieldPart, type UnsureField } from './field-part.ts';
import { speaksOf } from './otherwise-related.ts';

/** What other kustomizations make otherwise of it, of what makes it, or of what it rests on. */
export function otherwiseBuilt(subject: Subject, platform: Platform): readonly UnsureField[] {
  const { kind, resource } = subject;
  const others = builtOtherwise(platform);
  if (!resource || others.size === 0) return [];
  const own = (others.get(resource.id) ?? []).flatMap((making) => {
    const parts = [otherwisePart(making)];
    const { paths } = making;
    if (kind !== 'resource') return [{ name: '*', except: untouched(subject, paths), parts }];
    const isAnnotated = paths.some(([top, field]) => top === 'metadata' && field === 'annotations');
    return [
      ...paths.map((path): UnsureField => ({ name: path.at(-1) ?? '*', path, parts })),
      ...paths.flatMap(([top, ...path]) =>
        top === 'metadata' ? { name: path.at(-1) ?? '*', path, parts } : [],
      ),
      ...(isAnnotated ? ['wave', 'phase'].map((name) => ({ name, parts })) : []),
    ];
  });
  const above = makersAbove(resource, platform).flatMap((maker) =>
    (others.get(maker.id) ?? [])
      .filter(isSpecified)
      .map((one) => ({ name: '*', parts: [otherwisePart(one)] })),
  );
  return [...own, ...above, ...restingOn(subject, platform)];
}

/**
 * Names of a subject that are sure though its manifest is otherwise at these paths: those of another place in
 * it. What the model works out of a manifest may come from any of it.
 */
function untouched(subject: Subject, paths: readonly string[][]): ReadonlySet<string> {
  const isApart = (place: JsonPath) => !paths.some((path) => isOverlapping(place, path));
  const written = Object.entries(typeOf(subject).paths ?? {}).flatMap(([name, place]) =>
    !workedOut.has(name) && isApart(place) ? [name] : [],
  );
  return new Set([...identifying, ...written]);
}

/** Whether one leads into the other: `source` of an Application is written as `sources`, too. */
function isOverlapping(one: JsonPath, other: readonly string[]): boolean {
  return one.slice(0, other.length).every((key, index) => other[index]?.startsWith(String(key)));
}

/** What deploys or generates a resource, what deploys that, and so on. */
function makersAbove(resource: Resource, platform: Platform): Resource[] {
  const makers: Resource[] = [];
  for (let at: Resource | undefined = resource; at !== undefined; ) {
    const id: string | null = at.generatedBy ?? at.deployer;
    at = id === null ? undefined : platform.resource(id);
    if (at === undefined || at === resource || makers.includes(at)) break;
    makers.push(at);
  }
  return makers;
}

/** What the model works out of other resources than the subject's own: of its project, store, Gateway, … */
function restingOn(subject: Subject, platform: Platform): UnsureField[] {
  const others = [...builtOtherwise(platform).values()].flat();
  const fields = (names: readonly string[], test: (making: Otherwise) => boolean): UnsureField[] => {
    const parts = others.filter(test).map(otherwisePart);
    return parts.length === 0 ? [] : names.map((name) => ({ name, parts }));
  };
  const isOneOf = (ids: readonly string[], making: Otherwise) => ids.includes(making.other.id);
  switch (subject.kind) {
    case 'resource':
    case 'stack':
      return [];
    case 'application': {
      const { project } = subject.record;
      return fields(
        ['permitted'],
        (making) =>
          isSpecified(making) && making.other.kind === 'AppProject' && making.other.name === project,
      );
    }
    case 'project':
      return fields(
        ['applications', 'syncWindows'],
        ({ other, paths }) =>
          ['Application', 'ApplicationSet'].includes(other.kind) &&
          paths.some((path) => path.includes('project')),
      );
    case 'policy': {
      const { rule } = subject.record;
      return [
        ...fields(
          ['matches', 'rule', 'rules'],
          ({ other, paths }) =>
            paths.some(([top]) => top === 'metadata') &&
            rule.kinds.some((kind) => kind.includes('*') || kind.split('/').at(-1) === other.kind),
        ),
        ...fields(resultNames, (making) => isOneOf(rule.matches, making)),
      ];
    }
    case 'secret': {
      const { target } = subject.record;
      return [
        ...named(subject, fields),
        ...fields(
          ['readers', 'pushes'],
          (making) => making.other.namespace === target.namespace && speaksOf(making, target.name),
        ),
      ];
    }
    default:
      return named(subject, fields);
  }
}

/**
 * Of a record that names other resources by their ids: the fields that do, and those that are written in no
 * manifest.
 */
function named(
  subject: Subject,
  fields: (names: readonly string[], test: (making: Otherwise) => boolean) => UnsureField[],
): UnsureField[] {
  const { paths = {} } = typeOf(subject);
  const { origin: _, ...record } = subject.record as unknown as Record<string, unknown>;
  const entries = Object.entries(record).map(([name, value]) => ({ name, ids: textsIn(value) }));
  return entries.flatMap(({ name, ids }) => {
    if (ids.size === 0 || (ids.size === 1 && ids.has(subject.resource?.id ?? ''))) return [];
    const worked = entries.filter((one) => one.name === name || paths[one.name] === undefined);
    return fields(
      worked.map((one) => one.name),
      (making) => making.other.id !== subject.resource?.id && ids.has(making.other.id),
    );
  });
}

/** Every text of a value, but for those of places. */
function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) if (key !== 'origin') textsIn(inner, found);
  return found;
}

function isSpecified({ paths }: Otherwise): boolean {
  return paths.some(([top]) => top !== 'metadata');
}

/** That it is not known which of two overlays is meant. */
export function otherwisePart({ directory, instead, isApplied, other }: Otherwise): UnreadPart {
  const { file, line, column, endLine, endColumn } = other.origin;
  const made = `it makes \`${other.kind}/${other.name}\` otherwise than \`${instead}\``;
  const which = isApplied
    ? 'and both are applied'
    : 'and nothing here says which is applied: `deploy` in plumbline.yaml can';
  const place = { file, line, column, endLine, endColumn };
  return fieldPart(unverifiedKustomization(directory, { why: `${made}, ${which}`, remedy: 'deploy' }, place));
}

/** Of what has a place in a manifest, what more than that decides. */
const workedOut = new Set(['permitted', 'parents', 'backends', 'store', 'syncWindows', 'unknownVariables']);

const identifying = ['id', 'name', 'kind', 'group', 'file', 'layer', 'stack', 'written'];

/** How tables call the numbers of what a rule says of what it selects. */
const resultNames = ['pass', 'fail', 'warn', 'error', 'skip', 'unverified'];
