/** What the model says of Secrets: their ways into the cluster, and who reads what there. */
import type { Origin } from '../render/index.ts';
import type { Place } from '../source/index.ts';

/** An ExternalSecret, or what a ClusterExternalSecret makes of itself in one namespace. */
export interface SecretFlow {
  /** Id of the ExternalSecret. */
  externalSecret: string;
  store: {
    kind: string;
    name: string;
    /** Id; null where it is not in the repository. */
    id: string | null;
    /**
     * Why it gives nothing: its conditions keep the namespace out (`denied`), or another controller serves it
     * (`other-controller`); null where nothing keeps it, as far as the manifests say.
     */
    refusal: 'denied' | 'other-controller' | null;
  };
  /** Name and id of the Secret that is written. */
  target: { name: string; namespace: string | null; id: string };
  creationPolicy: string;
  deletionPolicy: string;
  refreshInterval: string;
  /** What is fetched: `*` for keys that only the store knows. */
  keys: { key: string; remote: string }[];
  /**
   * What becomes of the Secret: `creates`, `replaces` (one that a manifest writes), `merges`, `waits` (for
   * one that nothing here makes), `nothing`, `ignored`, `fails`, `conflict` (another holds it), `needs-flag`.
   */
  effect: string;
  /** Why, in a word, where it is refused: `store-denied`, `template-key`, `other-owner`, …; else null. */
  reason: string | null;
  /** Keys that it gives the Secret. */
  secretKeys: SecretKeyNames;
  /** Ids of those that read the Secret. */
  readers: string[];
  /** Where PushSecrets write what it holds: their id, the name of the store, the place there. */
  pushes: { pushSecret: string; store: string; remote: string }[];
  origin: Origin;
}

export interface SecretKeyNames {
  /** Surely there, */
  sure: string[];
  /** perhaps there, */
  maybe: string[];
  /** and any other may be: only a store or a provider knows. */
  open: boolean;
}

/** A PushSecret, or what a ClusterPushSecret makes of itself in one namespace. */
export interface SecretPush {
  /** Id of the PushSecret. */
  pushSecret: string;
  namespace: string | null;
  /** The Secret that it names; null where it selects some by labels, or takes what a generator makes. */
  secret: { name: string; id: string | null } | null;
  generator: { kind: string; name: string } | null;
  /** Stores that it names; the id null where it is not in the repository. */
  stores: { kind: string; name: string; id: string | null }[];
  /** What is written where, as far as it is known. */
  entries: {
    secret: { name: string; id: string | null };
    store: { kind: string; name: string; id: string };
    /** One, or several as one JSON object. */
    keys: string[];
    /** At the provider, with the property after `#`. */
    remote: string;
  }[];
  /** There may be more entries, as keys, Secrets or stores are not known. */
  open: boolean;
  /** Why it pushes nothing, in a word: `store-denied`, `no-key`, `duplicate-remote`, …; else null. */
  reason: string | null;
  /** `None`, or `Delete`: what becomes of the places when the PushSecret goes. */
  deletionPolicy: string;
  /** `Replace` or `IfNotExists`. */
  updatePolicy: string;
  origin: Origin;
}

/** One place that reads a Secret. */
export interface SecretRead {
  /** Id of the resource that reads. */
  reader: string;
  /** By name; the id null where nothing here is known to make it. */
  secret: { namespace: string | null; name: string; id: string | null };
  /**
   * `env`, `envFrom`, `volume`, `pull` of a Pod; `tls`; `store`, which signs in with it; `reference`;
   * `repository` and `cluster` of Argo CD, which finds it by its label and address; and `mention` where
   * values of a chart that is not rendered name it, which may read it or not.
   */
  way: string;
  /** In the Pod, such as `app/env/PASSWORD`; else the path in the manifest or the values. */
  at: string;
  /** Keys that it needs; null where it takes what is there. */
  keys: string[] | null;
  optional: boolean;
  /**
   * What it finds: `ok`, `missing-key`, `optional-missing` (goes on without), `unknown` where that cannot be
   * told from the manifests.
   */
  verdict: string;
  /**
   * What it does when the Secret changes: `keeps` the old values until it is started anew, `restarts` (by
   * Reloader), or `sees` the new ones, in its files or when it reads next; `unknown` of a mention.
   */
  rotated: 'keeps' | 'restarts' | 'sees' | 'unknown';
  /** Keys of these that are surely not there. */
  lacks: string[];
  /** Ids of what makes the Secret. */
  makers: string[];
  /** What of it can be known; null where nothing here makes it. */
  secretKeys: SecretKeyNames | null;
  /** A controller holds on to the Secret, so that nothing else adds keys to it. */
  owned: boolean;
  origin: Place;
}
