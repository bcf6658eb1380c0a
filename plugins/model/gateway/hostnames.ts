/**
 * Host names of the Gateway API and of Ingress. A wildcard of the Gateway API stands for any number of
 * labels, one of an Ingress for exactly one (gateway-api, apis/v1/shared_types.go, Hostname;
 * networking/v1/types.go, IngressRule.Host).
 */

/** Whether a host is one that the name of a listener or route covers; '' covers every host. */
export function coversHost(pattern: string, host: string): boolean {
  if (pattern === '') return true;
  if (!pattern.startsWith('*.')) return pattern === host;
  const suffix = pattern.slice(1);
  return host.length > suffix.length && host.endsWith(suffix);
}

/** The same for the host of an Ingress rule. */
export function coversIngressHost(pattern: string, host: string): boolean {
  if (pattern === '' || !pattern.startsWith('*.')) return coversHost(pattern, host);
  const suffix = pattern.slice(1);
  return host.length > suffix.length && host.endsWith(suffix) && !host.slice(0, -suffix.length).includes('.');
}

/**
 * What a route serves on a listener: of each pair that meets the more specific one, in the route's order; ''
 * for every host, and nothing where none of them meet.
 */
export function meetingHostnames(listener: string | null, route: readonly string[]): string[] {
  const own = listener ?? '';
  if (route.length === 0) return [own];
  return route.flatMap((hostname) => meeting(own, hostname) ?? []);
}

/** The more specific of two names that have a host in common; undefined where they have none. */
function meeting(a: string, b: string): string | undefined {
  if (a === '' || coversHost(a, b)) return b;
  if (b === '' || coversHost(b, a)) return a;
  // `*.shop.test` covers the host `*.a.shop.test` as it covers any: wildcards are told by their suffixes too.
  return undefined;
}

/** More specific names first: exact ones by length, wildcards by length, then none. */
export function hostRank(hostname: string): [number, number] {
  if (hostname === '') return [0, 0];
  return hostname.startsWith('*.') ? [1, hostname.length] : [2, hostname.length];
}

/** `shop.test:8080` → `shop.test`, in small letters: the port of a Host header is not looked at. */
export function hostOf(header: string): string {
  const bare = header.startsWith('[') ? header.replace(/\]:\d+$/, ']') : header.replace(/:\d+$/, '');
  return bare.toLowerCase();
}
