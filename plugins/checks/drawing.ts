import type { Compiled, D2Input } from '../d2/index.ts';
import type { Platform, Resource } from '../model/index.ts';
import { relationsBetween } from './edges.ts';
import type { DrawnDiagram } from './types.ts';

/** Puts a compiled diagram and its bindings together as what a page shows. */
export function drawn(parts: Parts): DrawnDiagram {
  const { input, compiled, bound, title, description, view, platform, folded = [] } = parts;
  const labels = new Map(compiled.shapes.map((shape) => [shape.id, oneLine(shape.label) || shape.id]));
  const edges = compiled.edges.map((edge) => {
    const [from, to] = [bound.get(edge.from), bound.get(edge.to)];
    const backing = from && to ? relationsBetween(platform, edge, from, to) : [];
    return {
      id: edge.id,
      from: labels.get(edge.from) ?? edge.from,
      to: labels.get(edge.to) ?? edge.to,
      label: oneLine(edge.label),
      relation: backing.length > 0 ? [...new Set(backing.map((relation) => relation.type))].join(', ') : null,
      origin: backing[0]?.origin ?? null,
    };
  });
  const ids = [...bound].map(([shape, resource]) => [shape, resource.id]);
  return {
    input,
    compiled,
    view,
    bound: Object.fromEntries(ids),
    title,
    description,
    edges,
    folded,
    boards: [],
  };
}

/** A drawing in one breath, for people who do not see it: how much there is, then the first edges in words. */
export function describe(compiled: Extract<Compiled, { ok: true }>, title: string): string {
  const labels = new Map(compiled.shapes.map((shape) => [shape.id, oneLine(shape.label) || shape.id]));
  const told = compiled.edges.slice(0, 12).map((edge) => {
    const label = oneLine(edge.label);
    return `${labels.get(edge.from) ?? edge.from} to ${labels.get(edge.to) ?? edge.to}${label === '' ? '' : ` (${label})`}`;
  });
  const more = compiled.edges.length - told.length;
  const amount = `${plural(compiled.shapes.length, 'shape')} and ${plural(compiled.edges.length, 'connection')}`;
  if (told.length === 0) return `${title}: a diagram of ${amount}.`;
  return `${title}: a diagram of ${amount}. ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function oneLine(label: string): string {
  return label.replaceAll(/\s+/g, ' ').trim();
}

interface Parts {
  input: D2Input;
  compiled: Extract<Compiled, { ok: true }>;
  bound: Map<string, Resource>;
  title: string;
  description: string;
  view: string | null;
  platform: Platform;
  folded?: string[];
}
