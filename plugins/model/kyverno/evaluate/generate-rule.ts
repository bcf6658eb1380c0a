/** `generate` of a Kyverno rule: what it would make. Source: `pkg/background/generate` of kyverno. */
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../../base/index.ts';
import { conditionsHold } from './conditions.ts';
import { withContext } from './context.ts';
import { exceptionsOf } from './exceptions.ts';
import { spend } from './spend.ts';
import { EvaluationError, NotKnown, type RuleScope, type Variables } from './types.ts';
import { substitute } from './variables.ts';

/**
 * What the rule makes because of a subject that it selects; empty where its preconditions or an exception
 * hold it back.
 */
export function generateRule(scope: RuleScope): Generation {
  const { rule, variables } = scope;
  const generate = objectAt(rule, 'generate');
  const name = textAt(rule, 'name') ?? '';
  try {
    const isAsked = conditionsHold(rule.preconditions, variables).holds && exceptionsOf(scope).length === 0;
    if (!isAsked) return { rule: name, status: 'skip', message: 'preconditions not met', made: [] };
    const each = listAt(generate, 'foreach').filter(isObject);
    const made =
      each.length === 0 ? targetsOf(generate, variables) : each.flatMap((entry) => ofEach(entry, scope));
    return { rule: name, status: 'pass', message: '', made };
  } catch (error) {
    if (error instanceof NotKnown)
      return { rule: name, status: 'unverified', message: error.message, made: [] };
    if (error instanceof EvaluationError)
      return { rule: name, status: 'error', message: error.message, made: [] };
    throw error;
  }
}

function ofEach(entry: JsonObject, scope: RuleScope): Generated[] {
  const found = scope.variables.query(textAt(entry, 'list') ?? '');
  const stated = scope.environment.stated?.(textAt(scope.rule, 'name') ?? '', scope.subject) ?? {};
  return (Array.isArray(found) ? found : [found]).flatMap((element, index) => {
    if (element === null) return [];
    spend(1);
    const inside = scope.variables.with('element', () => element).with('elementIndex', () => index);
    const variables = withContext(inside, listAt(entry, 'context'), scope.environment, stated);
    return conditionsHold(entry.preconditions, variables).holds ? targetsOf(entry, variables) : [];
  });
}

/** One target, or with `cloneList` one for each kind, whose names are those of what is cloned. */
function targetsOf(written: JsonObject, variables: Variables): Generated[] {
  const { synchronize: _, ...block } = written;
  const filled = objectAt(substitute(block as JsonValue, variables));
  const namespace = textAt(filled, 'namespace') ?? null;
  const list = objectAt(filled, 'cloneList');
  const kinds = textsAt(list, 'kinds');
  if (kinds.length > 0)
    return kinds.map((text): Generated => {
      const slash = text.lastIndexOf('/');
      const [apiVersion, kind] = [slash < 0 ? '' : text.slice(0, slash), text.slice(slash + 1)];
      const source = {
        namespace: textAt(list, 'namespace') ?? null,
        name: null,
        selector: objectAt(list, 'selector'),
      };
      return { apiVersion, kind, namespace, name: null, source, object: null };
    });
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => textAt(filled, key) ?? '');
  const target = { apiVersion: apiVersion ?? '', kind: kind ?? '', namespace, name: name ?? '' };
  const clone = filled.clone;
  if (isObject(clone)) {
    const source = {
      namespace: textAt(clone, 'namespace') ?? null,
      name: textAt(clone, 'name') ?? '',
      selector: {},
    };
    return [{ ...target, source, object: null }];
  }
  const data = objectAt(filled, 'data');
  const place = { name: target.name, ...(namespace === null || namespace === '' ? {} : { namespace }) };
  const object: JsonObject = {
    apiVersion: target.apiVersion,
    kind: target.kind,
    ...data,
    metadata: { ...objectAt(data, 'metadata'), ...place },
  };
  return [{ ...target, source: null, object }];
}

/** What a rule makes because of one subject. */
export interface Generation {
  rule: string;
  status: 'pass' | 'skip' | 'error' | 'unverified';
  message: string;
  made: Generated[];
}

/** An object that is to be, or many where it has no name: all that are cloned. */
export interface Generated {
  apiVersion: string;
  kind: string;
  namespace: string | null;
  name: string | null;
  /** What it is a copy of. */
  source: { namespace: string | null; name: string | null; selector: JsonObject } | null;
  /** The object where the rule itself says what is in it. */
  object: JsonObject | null;
}
