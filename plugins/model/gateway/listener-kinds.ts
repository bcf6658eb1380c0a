/** Which routes a listener takes, by its protocol. Source: gateway-api, apis/v1/gateway_types.go. */
import { type JsonObject, listAt, textAt } from '../../base/index.ts';
import { fails, gatewayGroup, holds, type Verdict } from './objects.ts';

/** Protocols whose listeners have hostnames. */
export const layered = new Set(['HTTP', 'HTTPS', 'TLS']);

/** What a listener of a protocol takes; undefined for a protocol that the API does not name. */
const kindsOf: Record<string, string[]> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/**
 * Of the `kinds` that a listener allows those that its protocol takes (all of them where it names none), and
 * those that it does not.
 */
export function supportedKinds(
  written: JsonObject,
  protocol: string,
): { kinds: string[]; invalid: string[] } {
  const own = Object.hasOwn(kindsOf, protocol) ? (kindsOf[protocol] ?? []) : [];
  const wanted = listAt(written, 'allowedRoutes', 'kinds').map((one) => ({
    group: textAt(one, 'group') ?? gatewayGroup,
    kind: textAt(one, 'kind') ?? '',
  }));
  if (wanted.length === 0 || own.length === 0) return { kinds: own, invalid: [] };
  // Whether a TLS listener that terminates takes TCPRoutes is left to implementations.
  const takes = ({ group, kind }: { group: string; kind: string }): boolean =>
    group === gatewayGroup && own.includes(kind);
  const mayTake = ({ group, kind }: { group: string; kind: string }): boolean =>
    group === gatewayGroup && kind === 'TCPRoute' && isTerminatingTls(protocol, written);
  return {
    kinds: [...new Set(wanted.filter((one) => takes(one) || mayTake(one)).map(({ kind }) => kind))],
    invalid: wanted.filter((one) => !takes(one) && !mayTake(one)).map(({ kind }) => kind),
  };
}

function isTerminatingTls(protocol: string, written: JsonObject): boolean {
  return protocol === 'TLS' && (textAt(written, 'tls', 'mode') ?? 'Terminate') === 'Terminate';
}

/** A protocol with a domain (`acme.test/proto`) is an implementation's own. */
export function protocolVerdict(protocol: string): Verdict {
  if (Object.hasOwn(kindsOf, protocol)) return holds('Accepted');
  return fails('UnsupportedProtocol', `the API names no protocol \`${protocol}\``);
}
