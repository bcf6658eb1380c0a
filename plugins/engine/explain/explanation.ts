import type { Said } from '../../base/index.ts';
import type {
  DeployerKind,
  PolicyResult,
  Resource,
  SecretFlow,
  SecretPush,
  SecretRead,
} from '../../model/index.ts';
import type { Origin } from '../../render/index.ts';
import type { Place, Unverified } from '../../source/index.ts';
import type { Cell, WaveLanes } from '../../views/index.ts';
import type { Mention } from '../mentions.ts';
import type { About } from './about/about.ts';
import type { Named } from './about/named.ts';
import type { BuiltIn } from './built-in.ts';
import type { Condition } from './conditions.ts';
import type { Chain } from './event-chain.ts';
import type { MayDeploy } from './may-deploy.ts';
import type { Need } from './needs.ts';

/** Everything that is known of one resource, as plain data: `plumbline explain --format json`, as it is. */
export interface Explanation
  extends Pick<Resource, 'id' | 'apiVersion' | 'kind' | 'namespace' | 'name' | 'layer' | 'stack' | 'source'> {
  reference: string;
  /**
   * Id of the Namespace that it lies in; null where the repository has none of that name, or it lies in none.
   */
  namespaceId: string | null;
  /** True where it is in no namespace; false of one that only lacks the name of its own. */
  isOfCluster: boolean;
  origin: Origin;
  /** Reference and id of what generates it. */
  generatedBy: string | null;
  generatedById: string | null;
  /** True where a controller makes it in the cluster: no sync applies it, and it has no manifest. */
  isMade: boolean;
  /** The application that it is, or else the one that deploys it; null where it is none and none does. */
  application: ApplicationVerdict | null;
  /** Of a Kustomization or HelmRelease of Flux. */
  flux: FluxFacts | null;
  /** What it is to its tool: an application, a policy, a route, …; null for all that is just a resource. */
  about: About | null;
  /** Who reconciles this platform, in words: `Argo CD`, `Flux`, or both. */
  reconciler: string;
  /** The Application, Kustomization or HelmRelease that deploys it; null where nothing does. */
  deployedBy: Deployer | null;
  /** Which of several folders makes it as it is told here; null where one does. */
  builtIn: BuiltIn | null;
  /** Who may deploy it where nothing is seen to. */
  mayDeploy: MayDeploy;
  /** What it says itself that keeps its Kustomization of Flux from applying it; null where nothing does. */
  unapplied: string | null;
  /** When it is applied; null where nothing applies it, as something in the cluster makes it. */
  order: Order | null;
  /** Of an application: what it applies, step by step. */
  sequence: (Pick<Resource, 'wave' | 'phase'> & { resources: Named[] })[];
  /**
   * The order of the application that it is, or that deploys it: with what must be there before, and what is
   * not rendered; null where Argo CD does not deploy it.
   */
  waves: WaveLanes | null;
  /** What else it applies, at a time that is not known, since it is not read: `helm chart loki 6.6.2`. */
  unsequenced: string[];
  /** Rules of policies that match it or the Pods that it makes, and its own where it is one. */
  policies: PolicyVerdict[];
  /** What policies say of it, and what it says of others where it is one; with references and ids. */
  results: (PolicyResult & { policyId: string; resourceId: string })[];
  events: {
    source: string;
    event: string;
    sensor: string | null;
    trigger: string | null;
    live: boolean;
    /** The whole route, and the same without its language. */
    sentence: string;
    said: Said;
    /** The route with what comes after it, step by step. */
    chain: Chain;
    origin: Place;
  }[];
  secrets: (Pick<SecretFlow, 'keys' | 'refreshInterval' | 'effect' | 'reason'> & {
    externalSecret: string;
    externalSecretId: string;
    store: string;
    storeId: string | null;
    secret: string;
    secretId: string;
    origin: Place;
  })[];
  /** Of a Secret who reads it, and what each does when it is rotated; of what reads Secrets, which. */
  secretReads: (Pick<SecretRead, 'way' | 'at' | 'keys' | 'verdict' | 'lacks' | 'rotated' | 'origin'> & {
    reader: string;
    readerId: string;
    /** True where the resource is the one that reads. */
    isReader: boolean;
    secret: string;
    secretId: string | null;
  })[];
  /** What is pushed from a Secret to a store: of the Secret, the store and the PushSecret. */
  secretPushes: (Pick<SecretPush, 'reason' | 'open' | 'deletionPolicy' | 'origin'> & {
    pushSecret: string;
    /** Those alone that the resource takes part in. */
    entries: { secret: string; keys: string[]; store: string; remote: string }[];
  })[];
  /** What a reader of its kind looks for first, up to eight. */
  answers: Answer[];
  /** What looks at it in a cluster, ready for a shell. */
  commands: Command[];
  /** What must be there before it, and what cannot be there before it. */
  needs: Need[];
  neededBy: Named[];
  relations: RelationEnd[];
  /** Conditions that Argo CD sets on an application because of it, or on it where it is one. */
  conditions: Condition[];
  /** Where pages speak of it; null where no pages were asked. */
  mentions: Mention[] | null;
  /** What could not be verified of it, and where it deploys of what it would deploy. */
  unverified: Unverified[];
}

export interface ApplicationVerdict {
  id: string;
  name: string;
  project: string;
  /** Null where that is not known. */
  permitted: boolean | null;
  /** Why its project forbids it, and the line that does. */
  reasons: { message: string; origin: Place | null }[];
  isGenerated: boolean;
  origin: Origin;
}

/** Its place in the sequence of what deploys it. */
interface Order extends Pick<Resource, 'wave' | 'waveSet' | 'phase'> {
  /** From 1; null where nothing deploys it, or some of what is deployed with it is not known. */
  step: number | null;
  steps: number | null;
  /** What else its deployer applies, in waves that nobody knows: `helm chart loki 6.6.2`. */
  unknown: string[];
}

interface FluxFacts {
  source: string | null;
  /** Id; null where no manifest of this repository declares it. */
  sourceId: string | null;
  path: string | null;
  chart: string | null;
  version: string | null;
  /** References, or `namespace/name` of what no manifest declares. */
  dependsOn: string[];
  /** Ids of the same; null for what no manifest declares. */
  dependsOnIds: (string | null)[];
  suspend: boolean;
  /** True where all that it applies is known. */
  isWhole: boolean;
}

interface Deployer {
  kind: DeployerKind;
  id: string;
  name: string;
  /** Of an Application. */
  project: string | null;
  /** Id of the AppProject; null where the repository has none of that name. */
  projectId: string | null;
}

export interface PolicyVerdict {
  policy: string;
  policyId: string;
  rule: string;
  type: string;
  action: string | null;
  /** False for a rule of the resource itself that does not match it. */
  matches: boolean;
  /** True where it judges the Pods that it makes, by a rule that Kyverno adds for workloads. */
  ofPods: boolean;
  origin: Place;
}

/** A fact of a kind: `Images`, with what they are. */
export interface Answer {
  /** Of the fact, for programs. */
  name: string;
  label: string;
  value: Cell;
}

export interface Command {
  /** A line for a POSIX shell, with the names of the repository quoted. */
  text: string;
  does: string;
  /** The same for another language. */
  said: Said;
}

/** `way` is `out` where the resource is the one that does it; `words` read from the resource to `other`. */
export interface RelationEnd {
  type: string;
  way: 'out' | 'in';
  words: string;
  /** Reference and id of the other end. */
  other: string;
  otherId: string;
  origin: Place;
}
