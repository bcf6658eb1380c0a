/** `mutate` of a Kyverno rule. Source: `pkg/engine/mutate` and `pkg/engine/handlers/mutation` of kyverno. */
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../../../base/index.ts';
import { readYaml } from '../../../../base/yaml-value.ts';
import { conditionsHold } from '../conditions.ts';
import { withContext } from '../context.ts';
import { exceptionsOf } from '../exceptions.ts';
import { spend } from '../spend.ts';
import { EvaluationError, type RuleScope, type Variables } from '../types.ts';
import { substitute } from '../variables.ts';
import { applyJsonPatch } from './json-patch.ts';
import { type Mutation, settled } from './mutation.ts';
import { preparedPatch } from './patch-anchors.ts';
import { sameJson } from './same-json.ts';
import { strategicMerge } from './strategic-merge.ts';

/** What the rule makes of the subject that it selects; of rules with `targets` see `targetsOf`. */
export function mutateRule(scope: RuleScope): Mutation {
  const { rule, variables, subject } = scope;
  const mutate = objectAt(rule, 'mutate');
  return settled(textAt(rule, 'name') ?? '', subject.object, () => {
    if (!conditionsHold(rule.preconditions, variables).holds) return null;
    if (exceptionsOf(scope).length > 0) return null;
    const each = listAt(mutate, 'foreach');
    if (each.length === 0) return patched(mutate, subject.object, variables);
    return forEach(each, subject.object, variables, scope, 0);
  });
}

function patched(written: JsonObject, object: JsonObject, variables: Variables): JsonObject {
  const { patchStrategicMerge, patchesJson6902 } = written;
  if (patchStrategicMerge !== undefined && patchStrategicMerge !== null) {
    const patch = substitute(patchStrategicMerge, variables);
    if (!isObject(patch)) throw new EvaluationError('the patch is no mapping');
    return strategicMerge(object, preparedPatch(patch, object));
  }
  if (typeof patchesJson6902 !== 'string' || patchesJson6902 === '')
    throw new EvaluationError('empty mutate rule');
  const operations = readYaml(String(substitute(patchesJson6902, variables)));
  if (!Array.isArray(operations)) throw new EvaluationError('failed to decode patches');
  return applyJsonPatch(object, operations as JsonValue[], { makesParents: true, allowsMissing: true });
}

/** Each entry of a `foreach` sees what those before it have made. */
function forEach(
  entries: readonly JsonValue[],
  object: JsonObject,
  variables: Variables,
  scope: RuleScope,
  nesting: number,
): JsonObject {
  let made = object;
  let around = variables;
  for (const entry of entries.filter(isObject)) {
    const found = around.query(textAt(entry, 'list') ?? '');
    const before = made;
    made = elements(entry, Array.isArray(found) ? found : [found], made, around, scope, nesting);
    if (!sameJson(before, made)) {
      const request = { ...objectAt(around.query('request')), object: made };
      around = around.with('request', () => request);
    }
  }
  return made;
}

/** From the last to the first where lists are merged, so that what comes first in them is of the first. */
function elements(
  entry: JsonObject,
  list: readonly JsonValue[],
  object: JsonObject,
  around: Variables,
  scope: RuleScope,
  nesting: number,
): JsonObject {
  const order = textAt(entry, 'order');
  const isReverse = order === undefined ? isObject(entry.patchStrategicMerge) : order === 'Descending';
  const numbered = list.map((element, index) => ({ element, index }));
  let made = object;
  for (const { element, index } of isReverse ? numbered.reverse() : numbered) {
    if (element === null) continue;
    spend(1);
    const stated = scope.environment.stated?.(textAt(scope.rule, 'name') ?? '', scope.subject) ?? {};
    const inside = around
      .with('element', () => element)
      .with('elementIndex', () => index)
      .with(`element${nesting}`, () => element)
      .with(`elementIndex${nesting}`, () => index);
    const variables = withContext(inside, listAt(entry, 'context'), scope.environment, stated);
    if (!conditionsHold(entry.preconditions, variables).holds) continue;
    const nested = listAt(entry, 'foreach');
    made =
      nested.length > 0
        ? forEach(nested, made, variables, scope, nesting + 1)
        : patched(entry, made, variables);
  }
  return made;
}
