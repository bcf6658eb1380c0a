/**
 * Regular expressions of manifests, matched in bounded time: for each node and position the set of ends is worked out once,
 * so that time grows with pattern × text², never with the ways to match. Look-arounds are kept; what needs a memory of its own
 * (back references, atomic groups, options in the middle) is not decided.
 * Source: dlclark/regexp2, which Argo CD uses for `sourceNamespaces`.
 */
import { parseRegexp, type RegexpNode } from './regexp-parse.ts';

/** Whether the pattern matches somewhere in the text; false where it is no pattern; null where it is not decided. */
export function regexpFinds(pattern: string, text: string): boolean | null {
  if (pattern.length > maxPattern || text.length > maxText) return null;
  const parsed = parseRegexp(pattern);
  if (!parsed.ok) return parsed.undecided ? null : false;
  const chars = Array.from(text);
  const known = new Map<RegexpNode, (ReadonlySet<number> | undefined)[]>();
  for (let start = 0; start <= chars.length; start += 1) if (ends(parsed.node, start).size > 0) return true;
  return false;

  function ends(node: RegexpNode, start: number): ReadonlySet<number> {
    const row = known.get(node) ?? [];
    known.set(node, row);
    const found = row[start] ?? work(node, start);
    row[start] = found;
    return found;
  }

  function work(node: RegexpNode, start: number): ReadonlySet<number> {
    switch (node.type) {
      case 'test':
        return start < chars.length && node.accepts(chars[start] ?? '') ? new Set([start + 1]) : none;
      case 'edge':
        return node.holds(chars, start) ? new Set([start]) : none;
      case 'sequence':
        return node.parts.reduce<ReadonlySet<number>>((from, part) => step(from, part), new Set([start]));
      case 'either':
        return new Set(node.branches.flatMap((branch) => [...ends(branch, start)]));
      case 'ahead':
        return ends(node.inner, start).size > 0 === node.not ? none : new Set([start]);
      case 'behind': {
        let found = false;
        for (let from = start; from >= 0 && !found; from -= 1) found = ends(node.inner, from).has(start);
        return found === node.not ? none : new Set([start]);
      }
      case 'repeat':
        return repeated(node, start);
    }
  }

  function repeated(node: Extract<RegexpNode, { type: 'repeat' }>, start: number): ReadonlySet<number> {
    // After one turn more than the text is long, further turns change nothing.
    const limit = chars.length + 2;
    let current: ReadonlySet<number> = new Set([start]);
    for (let turn = 0; turn < Math.min(node.min, limit); turn += 1) current = step(current, node.inner);
    const all = new Set(current);
    for (let turn = node.min; turn < node.max && current.size > 0; turn += 1) {
      const next = [...step(current, node.inner)].filter((end) => !all.has(end));
      for (const end of next) all.add(end);
      current = new Set(next);
    }
    return all;
  }

  function step(from: ReadonlySet<number>, node: RegexpNode): ReadonlySet<number> {
    const reached = new Set<number>();
    for (const start of from) for (const end of ends(node, start)) reached.add(end);
    return reached;
  }
}

const none: ReadonlySet<number> = new Set();
const maxPattern = 1000;
const maxText = 1000;
