/**
 * What an evaluation of a policy is given and what it answers: shared by patterns, conditions, CEL and pod
 * security. The words are PolicyReport's, with one more for what only a cluster knows.
 */
import type { JsonObject, JsonPath, JsonValue } from '../../../base/index.ts';
import type { Place } from '../../../source/index.ts';

/**
 * `warn` is a failure of a policy that says it is not scored; `skip` a rule that its preconditions, its
 * anchors or an exception keep from the resource; `error` one that Kyverno itself could not evaluate;
 * `unverified` one whose answer hangs on what only a cluster knows.
 */
export type PolicyStatus = 'pass' | 'fail' | 'warn' | 'error' | 'skip' | 'unverified';

/** What a rule says of a subject. */
export interface Verdict {
  status: PolicyStatus;
  /** For people: why; '' where it passes and says nothing. */
  message: string;
  /** In the object, where it is one place that the message speaks of. */
  path?: JsonPath;
}

/** A verdict under the name that a report gives its rule (`autogen-NAME` for workloads). */
export interface RuleResult extends Verdict {
  rule: string;
  /** Where it is none of the policy's own: of Kubernetes' policies that of the binding. */
  action?: string;
}

/** An object as the API server would hand it to a policy. */
export interface Subject {
  group: string;
  version: string;
  kind: string;
  /** Null for kinds of the cluster. */
  namespace: string | null;
  /** Its name, or its `generateName` where it has none. */
  name: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  object: JsonObject;
  /** '' for an object itself; `exec`, `scale`, … */
  subresource?: string;
  /** A manifest is judged as if it were just created, in background scans too. */
  operation: Operation;
  /**
   * True where there is no request: what a rule says of users is left out, as in a background scan. Without
   * it, who asks is what only a cluster knows.
   */
  isBackground?: boolean;
  /** Who asks, where that is stated: `username`, `groups`, `roles`, `clusterRoles`. */
  user?: JsonObject;
  /** What else is known of the request (`userInfo`, `oldObject`, …); of a manifest nothing. */
  request?: JsonObject;
}

type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What a policy may ask the cluster for, as far as manifests tell. */
export interface Environment {
  /** The Namespace of that name; undefined where no manifest declares it: its labels are not known. */
  namespaceObject(name: string): JsonObject | undefined;
  /** Labels that a Namespace surely has, whether or not a manifest declares it. */
  labelsGiven?(name: string): Readonly<Record<string, string>>;
  /**
   * A resource that manifests declare, whole; undefined where none does, and of Secrets, whose values never
   * come here.
   */
  find(group: string, kind: string, namespace: string | null, name: string): JsonObject | undefined;
  /** All that manifests declare of a kind (PolicyExceptions, bindings); of some more only a cluster knows. */
  ofKind(group: string, kind: string): readonly JsonObject[];
  /** Values of context entries by their names that somebody states in place of a cluster (a test's). */
  stated?(rule: string, subject: Subject): JsonObject;
}

/** One rule held to one subject that it selects. */
export interface RuleScope {
  /** The policy as written. */
  policy: JsonObject;
  /** The rule as it is for this subject: rewritten where Kyverno adds it for workloads. */
  rule: JsonObject;
  subject: Subject;
  environment: Environment;
  /** Of the rule's context; each is loaded when it is asked for. */
  variables: Variables;
}

/** What `{{ }}` may name where something is evaluated. */
export interface Variables {
  /**
   * The value of an expression of JMESPath.
   * @throws EvaluationError, NotKnown
   */
  query(expression: string): JsonValue;
  /** The same with one more, loaded when it is asked for from those around it. */
  with(name: string, load: (around: Variables) => JsonValue): Variables;
}

/**
 * How a kind of `validate` is evaluated (`pattern`, `cel`, `podSecurity`, …); null where a report has no row.
 * What only a cluster knows is thrown as `NotKnown`, what Kyverno could not evaluate as `EvaluationError`.
 */
export type RuleKind = (scope: RuleScope) => Verdict | null;

/** How a kind of policy that has no rules of its own (`ValidatingPolicy`, …) is evaluated as a whole. */
export type PolicyKind = (policy: JsonObject, subject: Subject, environment: Environment) => RuleResult[];

/** Thrown where an answer hangs on what only a cluster knows; its message says on what. */
export class NotKnown extends Error {}

/** Thrown where Kyverno would report an error; its message is that. */
export class EvaluationError extends Error {}

/** A row of the model: what one rule of a policy says of one resource. */
export interface PolicyResult {
  /** Id. */
  policy: string;
  /** As a report names it: of what Kyverno adds for workloads `autogen-NAME`. */
  rule: string;
  /** Id. */
  resource: string;
  result: PolicyStatus;
  /** Why; '' where it passes and says nothing. */
  message: string;
  /**
   * `Enforce` blocks what fails; `Audit` and `Warn` say so. `Mutate`, `Generate` and `Cleanup` judge nothing:
   * there a `pass` is that it is done, and the message says what.
   */
  action: string;
  /** The line of the resource that it speaks of. */
  origin: Place;
  /** True where it is said of the Pods that the resource makes; left out in the model. */
  ofPods?: true;
}
