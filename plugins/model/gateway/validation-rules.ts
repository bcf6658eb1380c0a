import type { JsonPath } from '../../base/index.ts';

/** Gathers what is refused. */
export function collect(): { refuse: Refuse; found: Refusal[] } {
  const found: Refusal[] = [];
  return { refuse: (rule, path, message) => found.push({ rule, path, message }), found };
}

export type Refuse = (rule: RefusedBy, path: JsonPath, message: string) => void;

export interface Refusal {
  rule: RefusedBy;
  path: JsonPath;
  message: string;
}

/** Rules of the schemas; the last ones are what every schema has. */
type RefusedBy =
  | 'listener-no-tls'
  | 'https-terminates'
  | 'tls-needs-mode'
  | 'no-hostname-l4'
  | 'listener-name-unique'
  | 'listener-distinct'
  | 'terminate-needs-cert'
  | 'address-unique-ip'
  | 'address-unique-host'
  | 'parent-section-all-or-none'
  | 'parent-distinct'
  | 'path-absolute'
  | 'path-no-double-slash'
  | 'path-no-dot-end'
  | 'path-no-dot'
  | 'path-chars'
  | 'path-no-fragment'
  | 'service-needs-port'
  | 'filter-field'
  | 'filter-foreign-field'
  | 'redirect-no-backends'
  | 'rewrite-prefix-one-match'
  | 'redirect-prefix-one-match'
  | 'rewrite-or-redirect'
  | 'filter-once'
  | 'too-many-matches'
  | 'modifier-full'
  | 'modifier-full-type'
  | 'modifier-prefix'
  | 'modifier-prefix-type'
  | 'mirror-one-share'
  | 'timeout-order'
  | 'grpc-service-or-method'
  | 'grpc-service-chars'
  | 'grpc-method-chars'
  | 'tls-hostname-no-ip'
  | 'enum'
  | 'pattern'
  | 'range'
  | 'required'
  | 'min-items'
  | 'max-items'
  | 'duplicate-key';
