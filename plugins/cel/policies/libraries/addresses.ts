/** `ip()` and `cidr()`. Sources: `pkg/cel/library/{ip,cidr}.go` of k8s.io/apiserver, `net/netip` of Go. */
import { type Library, refused, registerAll } from './library.ts';

class Address {
  /** 4 or 6. */
  readonly family: bigint;
  readonly bits: bigint;
  constructor(family: bigint, bits: bigint) {
    this.family = family;
    this.bits = bits;
  }
}

class Network {
  readonly address: Address;
  readonly length: number;
  constructor(address: Address, length: number) {
    this.address = address;
    this.length = length;
  }
}

const ip = 'net.IP';
const cidr = 'net.CIDR';

export const addressesLibrary: Library = (environment) => {
  environment.registerType(ip, Address);
  environment.registerType(cidr, Network);
  class IpNamespace {}
  environment.registerType('IpNamespace', IpNamespace);
  environment.registerConstant('ip', 'IpNamespace', new IpNamespace());
  environment.registerOperator(`${ip} == ${ip}`, sameAddress);
  environment.registerOperator(
    `${cidr} == ${cidr}`,
    (a: Network, b: Network) => sameAddress(a.address, b.address) && a.length === b.length,
  );
  registerAll(environment, {
    [`ip(string): ${ip}`]: addressOf,
    'isIP(string): bool': (text: string) => parseAddress(text) !== null,
    'IpNamespace.isCanonical(string): bool': (_: unknown, text: string) =>
      printAddress(addressOf(text)) === text,
    [`string(${ip}): string`]: printAddress,
    [`${ip}.family(): int`]: ({ family }: Address) => family,
    [`${ip}.isUnspecified(): bool`]: ({ bits }: Address) => bits === 0n,
    [`${ip}.isLoopback(): bool`]: (one: Address) =>
      one.family === 4n ? starts(one, 8, 127n) : one.bits === 1n,
    [`${ip}.isLinkLocalMulticast(): bool`]: (one: Address) =>
      one.family === 4n
        ? starts(one, 24, 0xe00000n)
        : starts(one, 8, 0xffn) && ((one.bits >> 112n) & 0xfn) === 2n,
    [`${ip}.isLinkLocalUnicast(): bool`]: isLinkLocal,
    [`${ip}.isGlobalUnicast(): bool`]: (one: Address) => {
      const loopback = one.family === 4n ? starts(one, 8, 127n) : one.bits === 1n;
      const multicast = one.family === 4n ? starts(one, 4, 0xen) : starts(one, 8, 0xffn);
      const broadcast = one.family === 4n && one.bits === 0xffffffffn;
      return one.bits !== 0n && !loopback && !multicast && !broadcast && !isLinkLocal(one);
    },
    [`cidr(string): ${cidr}`]: networkOf,
    'isCIDR(string): bool': (text: string) => parseNetwork(text) !== null,
    [`string(${cidr}): string`]: (one: Network) => `${printAddress(one.address)}/${one.length}`,
    [`${cidr}.containsIP(string): bool`]: (one: Network, text: string) => holds(one, addressOf(text)),
    [`${cidr}.containsIP(${ip}): bool`]: holds,
    [`${cidr}.containsCIDR(string): bool`]: (one: Network, text: string) => holdsAll(one, networkOf(text)),
    [`${cidr}.containsCIDR(${cidr}): bool`]: holdsAll,
    [`${cidr}.ip(): ${ip}`]: ({ address }: Network) => address,
    [`${cidr}.masked(): ${cidr}`]: masked,
    [`${cidr}.prefixLength(): int`]: ({ length }: Network) => BigInt(length),
  });
};

function isLinkLocal(one: Address): boolean {
  return one.family === 4n ? starts(one, 16, 0xa9fen) : starts(one, 10, 0xfe80n >> 6n);
}

function widthOf({ family }: Address): number {
  return family === 4n ? 32 : 128;
}

/** Its first bits are these. */
function starts(one: Address, length: number, bits: bigint): boolean {
  return one.bits >> BigInt(widthOf(one) - length) === bits;
}

function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits;
}

function masked({ address, length }: Network): Network {
  const rest = BigInt(widthOf(address) - length);
  return new Network(new Address(address.family, (address.bits >> rest) << rest), length);
}

function holds(network: Network, one: Address): boolean {
  const rest = BigInt(widthOf(one) - network.length);
  return one.family === network.address.family && one.bits >> rest === network.address.bits >> rest;
}

function holdsAll(network: Network, other: Network): boolean {
  return other.length >= network.length && holds(network, other.address);
}

function addressOf(text: string): Address {
  const found = parseAddress(text);
  if (found === null) throw refused(`IP Address "${text}" parse error`);
  return found;
}

function networkOf(text: string): Network {
  const found = parseNetwork(text);
  if (found === null) throw refused(`network address parse error: "${text}"`);
  return found;
}

function parseNetwork(text: string): Network | null {
  const [, address = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const found = parseAddress(address);
  return found === null || length === '' || Number(length) > widthOf(found)
    ? null
    : new Network(found, Number(length));
}

/** Null for what is none, has a zone, or is an IPv4 address in IPv6's clothes. */
function parseAddress(text: string): Address | null {
  const four = fourOf(text);
  if (four !== null) return new Address(4n, four);
  const bits = sixOf(text);
  return bits === null || bits >> 32n === 0xffffn ? null : new Address(6n, bits);
}

function fourOf(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function sixOf(text: string): bigint | null {
  if (text.length > 45 || !/^[\da-fA-F:.]+$/.test(text)) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half, at) => groupsOf(half, at === halves.length - 1));
  const [head, tail] = groups;
  if (head === undefined || head === null || tail === null) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array<bigint>(tail === undefined ? 0 : missing).fill(0n), ...(tail ?? [])].reduce(
    (bits, group) => (bits << 16n) | group,
    0n,
  );
}

function groupsOf(text: string, isLast: boolean): bigint[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: bigint[] = [];
  for (const [at, part] of parts.entries()) {
    const four = isLast && at === parts.length - 1 ? fourOf(part) : null;
    if (four !== null) groups.push(four >> 16n, four & 0xffffn);
    else if (/^[\da-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

/** In the one form that is canonical (RFC 5952). */
function printAddress({ family, bits }: Address): string {
  if (family === 4n) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bits >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  const zeros = [
    ...groups
      .map((group) => (group === '0' ? '0' : '1'))
      .join('')
      .matchAll(/00+/g),
  ];
  const longest = zeros.toSorted((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return groups.join(':');
  const end = longest.index + longest[0].length;
  return `${groups.slice(0, longest.index).join(':')}::${groups.slice(end).join(':')}`;
}
