/** The keys that generators make. Source: `generators/v1/*`. */
import {
  at,
  byName,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../base/index.ts';
import { type KeySet, keySet } from './key-set.ts';
import type { Manifest } from './objects.ts';

/** Of a generator by its kind; `generator` null where no manifest declares it. */
export function keysOfGenerator(kind: string, generator: Manifest | null): KeySet {
  const spec = objectAt(generator?.rendered, 'spec');
  if (kind !== 'ClusterGenerator') return keysOfKind(kind, generator === null ? null : spec);
  if (generator === null) return open;
  const inner = textAt(spec, 'kind') ?? '';
  const [own] = Object.values(objectAt(spec, 'generator')).filter(isObject);
  return keysOfKind(inner, own ?? {});
}

function keysOfKind(kind: string, spec: JsonObject | null): KeySet {
  const fixed = fixedKeys[kind];
  if (fixed !== undefined) return keySet(fixed);
  // What these make hangs on what they say.
  if (spec === null) return open;
  if (kind === 'Password')
    return keySet(listAt(spec, 'secretKeys').length > 0 ? textsAt(spec, 'secretKeys') : ['password']);
  if (kind === 'Fake') return keySet(Object.keys(objectAt(spec, 'data')));
  if (kind === 'ECRAuthorizationToken')
    return keySet([...ecr, ...(at(spec, 'scope') === 'public' ? [] : ['proxy_endpoint'])]);
  return open;
}

const open = keySet([], [], true);
const ecr = ['username', 'password', 'expires_at'];
const fixedKeys = byName<string[]>({
  ACRAccessToken: ['username', 'password'],
  CloudsmithAccessToken: ['auth', 'expiry'],
  GCRAccessToken: ['username', 'password', 'expiry'],
  GithubAccessToken: ['token'],
  GitlabDeployToken: ['username', 'token'],
  Grafana: ['login', 'token'],
  MFA: ['token', 'timeLeft'],
  QuayAccessToken: ['registry', 'auth', 'expiry'],
  SSHKey: ['privateKey', 'publicKey'],
  STSSessionToken: ['access_key_id', 'secret_access_key', 'session_token', 'expiration'],
  UUID: ['uuid'],
});
