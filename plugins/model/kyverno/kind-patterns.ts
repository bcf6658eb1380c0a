/**
 * The `kinds` of a rule: `Pod`, `v1/Pod`, `apps/v1/Deployment`, `Pod/exec`, `*`. Source: `ParseKindSelector`
 * of kyverno.
 */
import { keepAnswers } from '../../base/index.ts';
import { wildcard } from './wildcard.ts';

export function parseKind(text: string): KindSelector {
  return parsed(text, () => parse(text));
}

const parsed = keepAnswers<string, KindSelector>(1000);

function parse(text: string): KindSelector {
  const parts = text.split('/');
  const last = parts.pop() ?? '';
  const dot = last.indexOf('.');
  parts.push(...(dot < 0 ? [last] : [last.slice(0, dot), last.slice(dot + 1)]));
  const [a = '', b = '', c = '', d = ''] = parts;
  const any = { group: '*', version: '*', subresource: '' };
  if (parts.length === 1) return { ...any, kind: a };
  if (parts.length === 2) {
    if (a === '*' && b === '*') return { ...any, kind: '*', subresource: '*' };
    if (a === '*' && b === b.toLowerCase()) return { ...any, kind: '*', subresource: b };
    return isVersion(a) ? { ...any, version: a, kind: b } : { ...any, kind: a, subresource: b };
  }
  if (parts.length === 3) {
    return isVersion(a)
      ? { ...any, version: a, kind: b, subresource: c }
      : { ...any, group: a, version: b, kind: c };
  }
  if (parts.length > 4) return { group: '', version: '', kind: '', subresource: '' };
  return { group: a, version: b, kind: c, subresource: d };
}

/**
 * True where the selector takes an object of this group, version and kind, or its subresource.
 */
export function selectsKind(
  selector: KindSelector,
  group: string,
  version: string,
  kind: string,
  subresource = '',
): boolean {
  return (
    wildcard(selector.subresource, subresource) &&
    wildcard(selector.kind, kind) &&
    wildcard(selector.group, group) &&
    wildcard(selector.version, version)
  );
}

function isVersion(text: string): boolean {
  return /^(v\d+((alpha|beta)\d+)?|\*)$/.test(text);
}

export interface KindSelector {
  group: string;
  version: string;
  kind: string;
  subresource: string;
}
