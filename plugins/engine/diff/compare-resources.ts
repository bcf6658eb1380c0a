/** The resources of two platforms → those that differ. */
import {
  compareText,
  isObject,
  type JsonObject,
  type JsonValue,
  objectAt,
  stableStringify,
} from '../../base/index.ts';
import { pathText, type Resource } from '../../model/index.ts';
import { type Platform, unreadWords } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import { causesOf } from './causes.ts';
import { compareValues, type Difference } from './compare-values.ts';
import { openEffects } from './effects.ts';
import { fateOf } from './fate.ts';
import { type Pair, pairResources } from './pair-resources.ts';
import { aboutOf, sectionOf } from './sections.ts';
import {
  type Action,
  type Change,
  type ChangeSide,
  type FieldChange,
  type FieldSide,
  sections,
} from './types.ts';
import { couldAlter, couldHold, openParts } from './unread.ts';

/** Each once, what matters most first. */
export function compareResources(base: Platform, head: Platform): Change[] {
  const pairs = pairResources(base.model.resources, head.model.resources);
  const same = new Map(
    pairs.flatMap(({ base: one, head: other }) => (one && other ? [[one.id, other.id]] : [])),
  );
  const effects = openEffects(base, head, same);
  const causes = causesOf(base, head);
  const parts = { base: openParts(base, head), head: openParts(head, base) };
  return pairs.flatMap((pair) => changeOf(pair) ?? []).sort(byImportance);

  function changeOf({ base: one, head: other, renamed }: Pair): Change | null {
    const shown = other ?? one;
    if (shown === null) return null;
    const differences = one && other ? fieldsOf(one, other) : [];
    const told = one && other ? effects(one, other) : [];
    // What is made of another resource moves with that.
    const isDerived = shown.source === 'external-secret' || shown.source === 'applicationset';
    const isMoved = one !== null && other !== null && !isDerived && one.origin.file !== other.origin.file;
    if (one && other && differences.length === 0 && told.length === 0 && !isMoved && !renamed) return null;
    const unknown =
      one && other
        ? [one, other].flatMap((side) => [...couldAlter(parts.base, side), ...couldAlter(parts.head, side)])
        : one !== null
          ? couldHold(parts.head, one)
          : couldHold(parts.base, shown);
    const known = renamed ? 'renamed' : differences.length + told.length > 0 ? 'changed' : 'moved';
    const action: Action =
      unknown.length > 0 ? 'unknown' : one === null ? 'added' : other === null ? 'gone' : known;
    const fields = differences.slice(0, maxFields).map((difference) => placed(difference, one, other));
    const leaves =
      one !== null &&
      (action === 'gone' || action === 'renamed' || (action === 'changed' && isLeft(one, other)));
    return {
      action,
      section: sectionOf(one, other, { action, fields, effects: told }),
      kind: shown.kind,
      reference: (other === null ? base : head).referenceOf(shown),
      base: one && sideOf(one, base),
      head: other && sideOf(other, head),
      fields,
      more: differences.length - fields.length,
      effects: told,
      fate: leaves ? fateOf(one, base, head) : null,
      about: aboutOf(shown),
      unknown: [...new Set(unknown.map(unreadWords))].sort(compareText),
      files: causes(one, other, fields),
    };
  }

  function placed({ before, after }: Difference, one: Resource | null, other: Resource | null): FieldChange {
    const side = (
      leaf: Difference['before'],
      resource: Resource | null,
      platform: Platform,
    ): FieldSide | null =>
      leaf &&
      resource && {
        path: pathText(leaf.path),
        value: clipped(leaf.value),
        place: plain(platform.locate(resource, leaf.path)),
      };
    return { before: side(before, one, base), after: side(after, other, head) };
  }
}

/** Fields of the object itself. Its wave is told as a fact about it, its name where it has another. */
function fieldsOf(one: Resource, other: Resource): Difference[] {
  const isOther = { name: one.name !== other.name, namespace: one.namespace !== other.namespace };
  const isMoved = one.wave !== other.wave || one.phase !== other.phase;
  const shown = ({ rendered }: Resource) => (isMoved ? withoutWave(rendered) : rendered);
  return compareValues(shown(one), shown(other)).filter(({ before, after }) => {
    const [field, name, ...further] = (after ?? before)?.path ?? [];
    if (field !== 'metadata' || further.length > 0) return true;
    return !(name === 'name' && isOther.name) && !(name === 'namespace' && isOther.namespace);
  });
}

function withoutWave(rendered: JsonObject): JsonObject {
  const { annotations, ...metadata } = objectAt(rendered, 'metadata');
  const { [waveAnnotation]: _wave, ...others } = isObject(annotations) ? annotations : {};
  return {
    ...rendered,
    metadata: { ...metadata, ...(Object.keys(others).length > 0 ? { annotations: others } : {}) },
  };
}

/** In Git, and deployed no more. */
function isLeft(one: Resource, other: Resource | null): boolean {
  return one.deployer !== null && other?.deployer === null;
}

function sideOf(resource: Resource, platform: Platform): ChangeSide {
  const { id, namespace, name, application, kustomization, helmRelease, origin } = resource;
  return {
    id,
    reference: platform.referenceOf(resource),
    namespace,
    name,
    application,
    kustomization,
    helmRelease,
    origin: plain(origin),
    via: origin.via,
  };
}

function plain({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/** The beginning of a long text: scripts and dashboards are not for a comment, nor twice for a file. */
function clipped(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return value.length > maxText ? `${value.slice(0, maxText).toWellFormed()}…` : value;
  const text = stableStringify(value);
  return text.length > maxText ? `${text.slice(0, maxText).toWellFormed()}…` : value;
}

function byImportance(a: Change, b: Change): number {
  const rank = ({ section, fate }: Change) =>
    sections.indexOf(section) * 10 + (fate === null ? 0 : outcomes.indexOf(fate.outcome));
  const size = ({ fields, more, effects }: Change) => fields.length + more + effects.length;
  const key = ({ reference, head, base }: Change) => `${reference}\0${head?.id ?? ''}\0${base?.id ?? ''}`;
  return rank(a) - rank(b) || size(b) - size(a) || compareText(key(a), key(b));
}

const waveAnnotation = 'argocd.argoproj.io/sync-wave';
const outcomes = ['pruned', 'deleted', 'waits', 'stays'];
const maxFields = 100;
const maxText = 2000;
