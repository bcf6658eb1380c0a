import type { Said, SaidValues } from '../../base/index.ts';
import {
  type CompiledDiagram,
  type CompiledDrawing,
  type CompiledEdge,
  type D2Input,
  oneLine,
} from '../../d2/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { english, type WordKey } from '../../words/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Lead } from '../links/types.ts';
import type { StatementBase } from '../types.ts';
import { leftOut, type VerdictBase } from '../verdict.ts';
import { relationsBetween } from './relations.ts';
import type { DrawnDiagram, DrawnEdge } from './types.ts';

/** Puts a compiled diagram and its bindings together as what a page shows. */
export function drawn(parts: Parts): DrawnDiagram {
  const {
    input,
    compiled,
    bound,
    boards = new Map(),
    title,
    description,
    view,
    platform,
    folded = [],
    words,
    leads = {},
  } = parts;
  return {
    input,
    compiled,
    view,
    bound: idsOf(bound),
    title,
    description: description.map(english.said).join(' '),
    said: { title: words?.title ?? null, description, folded: words?.folded ?? folded },
    edges: edgesOf(compiled, bound, platform),
    folded,
    leads,
    boards: compiled.boards.map((board) => {
      const own: Bound = boards.get(board.id) ?? new Map();
      const { id, kind, name, shapes, least } = board;
      const described = describe(board, `${title}, ${kind} ${name}`);
      return {
        id,
        kind,
        name,
        shapes,
        least,
        bound: idsOf(own),
        description: english.said(described),
        said: described,
        edges: edgesOf(board, own, platform),
      };
    }),
  };
}

/**
 * A drawing in one breath, for people who do not see it: how much there is, then the first edges in words.
 */
export function describe({ shapes, edges }: CompiledDrawing, title: string): Said {
  const labels = labelsOf(shapes);
  const ofShapes = said('number.shape', { count: shapes.length });
  const amount = { title, shapes: ofShapes, edges: said('number.connection', { count: edges.length }) };
  const [first, ...others] = edges.slice(0, 12).map((edge) => {
    const label = oneLine(edge.label);
    const ends = { from: labels.get(edge.from) ?? edge.from, to: labels.get(edge.to) ?? edge.to };
    return said('drawing.edge', { ...ends, label: label === '' ? '' : ` (${label})` });
  });
  if (first === undefined) return said('drawing.described', amount);
  const more = edges.length - 1 - others.length;
  const told = others.reduce((before, next) => said('drawing.then', { before, next }), first);
  const all = more > 0 ? said('drawing.andMore', { before: told, count: more }) : told;
  return said('drawing.describedEdges', { ...amount, told: all });
}

function said(key: WordKey, values: SaidValues): Said {
  return { key, values };
}

function edgesOf({ shapes, edges }: CompiledDrawing, bound: Bound, platform: Platform): DrawnEdge[] {
  const labels = labelsOf(shapes);
  const backing = (edge: CompiledEdge) => {
    const [from, to] = [bound.get(edge.from), bound.get(edge.to)];
    return from && to ? relationsBetween(platform, edge, from, to) : [];
  };
  return edges.map((edge) => {
    const relations = backing(edge);
    return {
      id: edge.id,
      from: labels.get(edge.from) ?? edge.from,
      to: labels.get(edge.to) ?? edge.to,
      ends: [edge.from, edge.to],
      label: oneLine(edge.label),
      relation: relations.length > 0 ? [...new Set(relations.map(({ type }) => type))].join(', ') : null,
      origin: relations[0]?.origin ?? null,
    };
  });
}

function labelsOf(shapes: CompiledDrawing['shapes']): Map<string, string> {
  return new Map(shapes.map((shape) => [shape.id, oneLine(shape.label) || shape.id]));
}

function idsOf(bound: Bound): Record<string, string> {
  return Object.fromEntries([...bound].map(([shape, resource]) => [shape, resource.id]));
}

/** Resource by the id of the shape or edge that stands for it. */
type Bound = Map<string, Resource>;

interface Parts {
  input: D2Input;
  compiled: CompiledDiagram;
  bound: Bound;
  /** What is bound on the further boards, by their ids. */
  boards?: Map<string, Bound>;
  title: string;
  description: Said[];
  view: string | null;
  platform: Platform;
  folded?: string[];
  /** Of a view: what of its title and of its folds is ours. */
  words?: Omit<DrawnDiagram['said'], 'description'>;
  leads?: Record<string, Lead>;
}

/** The verdict on a diagram that D2 does not draw to its end, for which nobody is to blame. */
export function unfinished<S extends StatementBase>(
  statement: S,
  why: string,
  diagnostics: Diagnostic[],
): VerdictBase<S, never> {
  const verdict = leftOut(statement, 'diagram', why);
  return diagnostics.length === 0 ? verdict : { ...verdict, outcome: 'invalid', diagnostics };
}
