/** Passwords and certificates of event sources. Source: argo-events pkg/apis/events/v1alpha1/validate.go. */
import { at, type JsonObject, type JsonPath, textAt } from '../../../base/index.ts';
import { isNil, type Refusal } from './refusal.ts';

export function refusedTls(body: JsonObject, path: JsonPath): Refusal | null {
  if (isNil(body, 'tls') || at(body, 'tls', 'insecureSkipVerify') === true) return null;
  const [ca, cert, key] = ['caCertSecret', 'clientCertSecret', 'clientKeySecret'].map(
    (name) => !isNil(body, 'tls', name),
  );
  const isWhole = cert === key && (ca === true || cert === true || at(body, 'tls', 'enabled') === true);
  return isWhole
    ? null
    : {
        rule: 'tls',
        path: [...path, 'tls'],
        message:
          'invalid tls config, please configure caCertSecret, or clientCertSecret and clientKeySecret, or both',
      };
}

export function refusedAuth(body: JsonObject, path: JsonPath): Refusal | null {
  if (isNil(body, 'auth')) return null;
  const key = ['username', 'password'].find((one) => isNil(body, 'auth', one));
  return key === undefined ? null : { rule: 'auth', path: [...path, 'auth'], message: `${key} missing` };
}

export function refusedSasl(body: JsonObject, path: JsonPath): Refusal | null {
  if (isNil(body, 'sasl')) return null;
  const place = [...path, 'sasl'];
  if (!mechanisms.has(textAt(body, 'sasl', 'mechanism') ?? ''))
    return {
      rule: 'sasl',
      path: place,
      message: `possible values for SASL Mechanism are ${[...mechanisms].filter(Boolean).join(', ')}`,
    };
  return isNil(body, 'sasl', 'userSecret') || isNil(body, 'sasl', 'passwordSecret')
    ? { rule: 'sasl', path: place, message: 'both userSecret and passwordSecret must be defined' }
    : null;
}

const mechanisms = new Set(['', 'PLAIN', 'OAUTHBEARER', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'GSSAPI']);
