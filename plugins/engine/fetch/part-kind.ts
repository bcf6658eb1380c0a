/** What the kinds of things across a network share: a new one is its module and a row in `fetch-parts`. */

import type { Platform } from '../../platform/index.ts';
import type { Ahead, Lock, LockedChart, LockedFile, LockedTree, Place, Store } from '../../source/index.ts';
import type { AskedChartAt } from './asked-charts.ts';
import type { AskedFile, AskedRepository } from './asked-parts.ts';
import type { FetchLack } from './fetch-words.ts';
import type { Clone } from './git-clone.ts';

export type Asked = AskedChartAt | AskedRepository | AskedFile;
export type LockedPart = LockedChart | LockedTree | LockedFile;

export interface PartKind<Wanted, Locked> {
  asked(platform: Platform): Wanted[];
  lockedIn(lock: Lock): readonly Locked[];
  /** The lock with others of the kind. */
  withLocked(lock: Lock, locked: Locked[]): Partial<Lock>;
  /** The same for what is the answer to one question. */
  keyOf(one: Wanted | Locked): string;
  /** The same for what need be tried only once; more than its key where more of it may be asked for. */
  questionOf(one: Wanted): string;
  /** The name by which a person moves it. */
  wordOf(one: Wanted | Locked): string;
  /** True where what is locked holds all that is asked for. */
  covers(locked: Locked, one: Wanted): boolean;
  /** Whether the content is here and is what the lock says; from another place of ours it is taken over. */
  holds(locked: Locked, target: Store, from: Store): boolean;
  /** True where it is another version or commit, or another content of the same. */
  isMoved(from: Locked, to: Locked): boolean;
  /** @param locked what has to be brought exactly; undefined where it is asked anew. */
  bring(one: Wanted, locked: Locked | undefined, taking: Taking): Promise<Brought<Locked>>;
}

type Brought<Locked> =
  | {
      ok: true;
      found: Locked;
      /** False where there is no place for it. */
      write(target: Store): boolean;
    }
  | {
      ok: false;
      why: string;
      /** Whether it is another content than was locked. */
      isOther?: boolean;
    };

export interface FetchOptions {
  /** `locked` brings exactly what the lock says, and writes none; `update` asks anew. */
  mode: 'fill' | 'locked' | 'update';
  /** With `update`: names of what moves; all where there are none. */
  only: readonly string[];
  /** With `update`: says what would move and what that asks for in turn, and keeps nothing of it. */
  isDry: boolean;
  /** Folder of the repository that the content goes into; null for the store; undefined for as it is. */
  vendor: string | null | undefined;
  /** Path of Helm, looked for where a chart is asked for. */
  helm(): Promise<string>;
  /** Whether registries are asked without TLS. */
  plainHttp: boolean;
  root: string;
  /** Milliseconds that each is waited for. */
  limit: number;
  /** @param ahead what is looked at instead of the lock of the repository. */
  load(ahead?: Ahead): Promise<Platform>;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface Taking extends FetchOptions {
  /** Whether it is what the manifests ask for as they are, and not what something brought asks for. */
  isFirst: boolean;
  /** Where things are now, and where they belong. */
  store: Store;
  target: Store;
  /** One for each repository. */
  cloneOf(repository: string): Clone;
  /** Names of the repositories that the user has added to Helm, by their addresses. */
  logins(): Promise<ReadonlyMap<string, string>>;
}

export interface Fetched {
  brought: LockedPart[];
  /** With `isDry`: what nothing asks for yet, and what would move does. */
  following: LockedPart[];
  moved: { from: LockedPart; to: LockedPart }[];
  /** That were here. */
  kept: LockedPart[];
  /** That nobody asks for any more. */
  gone: LockedPart[];
  failed: FailedPart[];
  /** With `locked`: what the lock does not have. */
  unlocked: Asked[];
  /** Of `only`: what nothing is called, for which nothing was done; and what could have been named. */
  unnamed: string[];
  names: string[];
}

export type FailedPart = Asked & {
  why: string;
  /** Whether it is another content than was locked. */
  isOther: boolean;
  lacks: FetchLack | null;
};

/** Of what is not written yet. */
export function placeInLock(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
