/** What is said of a URL, as data. */
import type { JsonPath } from '../../base/index.ts';
import type { HttpRequest } from './matches.ts';
import type { RouteWorkload } from './types.ts';

export interface UrlRequest extends HttpRequest {
  scheme: 'http' | 'https';
  port: number;
}

export interface RequestAnswer {
  /** Id of the Gateway, and its listener; null where Ingresses answer. */
  gateway: string | null;
  listener: AnsweringListener | null;
  /** True where no listener has the port of the URL, and one of its protocol is taken. */
  isPortOther: boolean;
  /** The class of the Ingresses (`''` without one); null for a Gateway. */
  ingress: string | null;
  is: 'answers' | 'redirects' | 'fails' | 'not found' | 'undetermined';
  /** What the Gateway itself answers with; null where a backend does. */
  status: number | null;
  location: string | null;
  /** Route or Ingress, and its rule; null where none is decided. */
  by: { id: string; rule: number; match: string; path: JsonPath } | null;
  why: string | null;
  backends: AnsweringBackend[];
  /** The share of requests that gets 500. */
  failing: number;
  /** Other rules of the host, in the order in which they come. */
  lost: LostRule[];
}

export interface LostRule {
  id: string;
  rule: number;
  match: string;
  path: JsonPath;
  why: string;
}

export interface AnsweringListener {
  name: string;
  port: number | null;
  protocol: string;
  hostname: string | null;
  /** Id of the Gateway or ListenerSet that has it. */
  id: string;
  path: JsonPath;
  /** What is not known of it. */
  why: string | null;
}

export interface AnsweringBackend {
  kind: string;
  name: string;
  namespace: string | null;
  port: number | string | null;
  id: string | null;
  share: number;
  resolved: boolean | null;
  why: string | null;
  workloads: RouteWorkload[] | null;
  path: JsonPath;
}
