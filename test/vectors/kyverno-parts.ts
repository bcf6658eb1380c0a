/** The parts that Kyverno's own tests ask for: who is selected, and what its Go tests assert of policies. */
import { type JsonObject, type JsonValue, objectAt, textAt } from '../../plugins/base/index.ts';
import { evaluatePolicy } from '../../plugins/model/kyverno/evaluate/evaluate-policy.ts';
import { operatorOf } from '../../plugins/model/kyverno/evaluate/leaf.ts';
import { expandMetadata } from '../../plugins/model/kyverno/evaluate/metadata-keys.ts';
import { subjectOf } from '../../plugins/model/kyverno/evaluate/subject.ts';
import { parseKind, selectsKind } from '../../plugins/model/kyverno/kind-patterns.ts';
import { annotationsHold, matchOf } from '../../plugins/model/kyverno/match.ts';
import { wildcard } from '../../plugins/model/kyverno/wildcard.ts';
import { differ } from './run.ts';

export function checkMatch(one: MatchCase): string[] {
  const ask = questions[one.kind];
  if (!ask) return [`no such question: ${one.kind}`];
  const fault = differ(one.expected, ask(one));
  return fault === null ? [] : [fault];
}

const questions: Record<string, (one: MatchCase) => unknown> = {
  CheckAnnotations: ({ want, have }) => annotationsHold(want ?? {}, (have ?? {}) as Record<string, string>),
  CheckKind: ({ kinds = [], gvk, subresource }) =>
    kinds.some((text) =>
      selectsKind(
        parseKind(text),
        textAt(gvk, 'Group') ?? '',
        textAt(gvk, 'Version') ?? '',
        textAt(gvk, 'Kind') ?? '',
        subresource,
      ),
    ),
  Match: ({ pattern, value }) => wildcard(String(pattern), String(value)),
  ParseKindSelector: ({ input }) => {
    const { group, version, kind, subresource } = parseKind(input ?? '');
    return [group, version, kind, subresource];
  },
  operatorOf: ({ pattern }) => operatorOf(String(pattern)),
  expandInMetadata: ({ pattern, resource }) => expandMetadata(pattern as JsonObject, resource ?? {}),
  matchExclude: ({ rule, resource = {}, user }) => {
    const subject = subjectOf(resource, textAt(resource, 'metadata', 'namespace') ?? null);
    return matchOf(rule ?? {}, { ...subject, isBackground: true, ...(user && { user }) }, () => ({}));
  },
};

/** The rows of the engine, and the messages that upstream's test asserts. */
export function checkGoPolicy({ policy, resource, engine, upstreamAsserts }: GoCase): string[] {
  const namespace = textAt(resource, 'metadata', 'namespace') ?? null;
  const results = evaluatePolicy(policy, { ...subjectOf(resource, namespace), isBackground: true }, {
    namespaceObject: () => undefined,
    find: () => undefined,
    ofKind: () => [],
  });
  const rows = results.map(({ rule, status }) => ({ rule, result: status }));
  const fault = differ(engine.map(({ rule, result }) => ({ rule, result })), rows);
  const asserted = objectAt(upstreamAsserts).messages;
  const messages = results.map((result) => result.message).filter((message) => message !== '');
  // What passes says nothing here, where upstream says that the rule passed.
  const wanted = Array.isArray(asserted) ? asserted.filter((text) => !String(text).endsWith(' passed.')) : messages;
  const odd = engine.length === 0 ? null : differ(wanted, messages);
  return [fault, odd].filter((one) => one !== null);
}

export interface MatchCase {
  id: string;
  kind: string;
  expected: JsonValue;
  want?: JsonObject;
  have?: JsonObject;
  kinds?: string[];
  gvk?: JsonObject;
  subresource?: string;
  pattern?: JsonValue;
  value?: JsonValue;
  input?: string;
  rule?: JsonObject;
  resource?: JsonObject;
  user?: JsonObject;
}
export interface GoCase {
  id: string;
  policy: JsonObject;
  resource: JsonObject;
  engine: { rule: string; result: string }[];
  upstreamAsserts: JsonValue;
}
