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

/** One place that reads a Secret. */
export interface SecretRead {
  /** Id of the resource that reads. */
  reader: string;
  /** By name; the id null where nothing here is known to make it. */
  secret: { namespace: string | null; name: string; id: string | null };
  /** `env`, `envFrom`, `volume`, `pull` of a Pod; `tls`; `store`, which signs in with it; `reference`. */
  way: string;
  /** In the Pod, such as `app/env/PASSWORD`; else the path in the manifest. */
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
   * Reloader), or `sees` the new ones, in its files or when it reads next.
   */
  rotated: 'keeps' | 'restarts' | 'sees';
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
