import { nearest } from '../base/index.ts';
import type { Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import { type Query, type Subject, whyEmpty } from '../query/index.ts';
import type { Unverified } from '../source/index.ts';
import { unknownView } from './build-table.ts';
import { fold } from './fold-nodes.ts';
import { diagramViews } from './registry.ts';
import type { Diagram, DiagramOptions, DiagramView, DiagramWords, ViewFault } from './types.ts';
import { unreadBehind, unverifiedFrom } from './unread-rows.ts';
import { inEnglish, said } from './words.ts';

/**
 * A view of the model as a drawing of at most 60 shapes. A drawing of nothing is a fault: it would say
 * nothing.
 */
export function diagramOf(platform: Platform, query: Query, options: DiagramOptions): DiagramResult {
  const faults: ViewFault[] = Object.keys(options)
    .filter((name) => !attributes.includes(name))
    .map((name) => ({
      attribute: name,
      message: `a diagram has no attribute \`${name}\``,
      candidates: nearest(name, attributes),
    }));
  const view = Object.hasOwn(diagramViews, options.view) ? diagramViews[options.view] : undefined;
  if (view === undefined) {
    faults.push(unknownView(options.view, Object.keys(diagramViews), 'diagram'));
    return { ok: false, faults, unverified: [] };
  }
  const of = resourceOf(platform, view, options.of?.trim() || undefined, faults);
  const subjects = subjectsOf(query, view, options.where?.trim() || undefined, faults);
  if (faults.length > 0) return { ok: false, faults, unverified: [] };

  const { drawing, folded } = fold(view.draw(platform, { subjects, of }));
  const unverified = unreadOf(query, view, options.where?.trim() || undefined, subjects, of);
  if (drawing.nodes.length === 0)
    return { ok: false, isEmpty: true, faults: [emptyFault(query, view, options)], unverified };
  const told = folded.map(inEnglish);
  const note = folded.length === 0 ? [] : [said('drawing.folded', { what: told.join('; ') })];
  const words: DiagramWords = {
    title: options.title?.trim()
      ? null
      : of === null
        ? { key: `diagram.${view.name}` }
        : { key: 'diagram.aroundOne', values: { kind: of.kind, name: of.name } },
    description: [drawing.description, ...note],
    folded,
  };
  const diagram: Diagram = {
    title: options.title?.trim() || (of === null ? view.title : `Around ${of.kind} ${of.name}`),
    description: words.description.map(inEnglish).join(' '),
    direction: view.direction,
    nodes: drawing.nodes.map(({ id, parent, label, class: className, ref }) => ({
      id,
      parent,
      label,
      class: className,
      ref,
    })),
    edges: drawing.edges,
    folded: told,
    said: words,
    unverified,
  };
  return { ok: true, diagram };
}

function resourceOf(
  platform: Platform,
  view: DiagramView,
  of: string | undefined,
  faults: ViewFault[],
): Resource | null {
  if (view.subject !== null) {
    if (of !== undefined)
      faults.push({
        attribute: 'of',
        message: `the view \`${view.name}\` takes no \`of\`; \`where\` selects what it draws`,
        candidates: ['where'],
      });
    return null;
  }
  if (of === undefined) {
    faults.push({
      attribute: 'of',
      message: `the view \`${view.name}\` needs \`of\`, a resource such as \`Kind/name\``,
      candidates: [],
    });
    return null;
  }
  const found = platform.resolveReference(of);
  if (found.ok) return found.resource;
  const message =
    found.reason === 'ambiguous' ? `\`${of}\` names several resources` : `there is no resource \`${of}\``;
  faults.push({ attribute: 'of', message, candidates: found.candidates });
  return null;
}

function subjectsOf(query: Query, view: DiagramView, where: string | undefined, faults: ViewFault[]) {
  if (view.subject === null) {
    if (where !== undefined)
      faults.push({
        attribute: 'where',
        message: `the view \`${view.name}\` takes \`of\`, not \`where\``,
        candidates: ['of'],
      });
    return [];
  }
  if (where === undefined) return query.subjects(view.subject);
  const selected = query.select(where, view.subject);
  if (selected.ok) return selected.value;
  const { error } = selected;
  faults.push({
    attribute: 'where',
    message: error.message,
    candidates: error.candidates,
    query: error,
    offset: error.offset,
    length: error.length,
  });
  return [];
}

/** Around a resource, what could stand in a relation to it: what is deployed with it, or where it is. */
function unreadOf(
  query: Query,
  { subject, reads = [] }: DiagramView,
  where: string | undefined,
  subjects: readonly Subject[],
  of: Resource | null,
): Unverified[] {
  if (subject !== null)
    return unreadBehind(query, { subject, only: undefined, where, subjects, fields: reads });
  const { reach } = query;
  const joining = reach
    .parts()
    .filter(
      (part) =>
        part.adds &&
        (of === null ||
          of.namespace === null ||
          part.mayLandIn(of.namespace) ||
          part.deployer?.id === of.deployer),
    );
  return unverifiedFrom([...joining, ...(of === null ? [] : reach.around(of))]);
}

/** Of a condition in which one word is misspelt, the nearest that there is; else what to list. */
function emptyFault(query: Query, view: DiagramView, options: DiagramOptions): ViewFault {
  const message = options.where
    ? 'nothing matches: the diagram would be empty'
    : `the repository has nothing for the view \`${view.name}\``;
  const { subject } = view;
  if (!options.where || subject === null) return { attribute: 'view', message, candidates: [] };
  const { candidates, help } = whyEmpty(query, options.where, subject);
  return { attribute: 'where', message, candidates, help };
}

const attributes = ['view', 'where', 'of', 'title'];

export type DiagramResult =
  | { ok: true; diagram: Diagram }
  /** Of a drawing of nothing, what could bring something to draw. */
  | { ok: false; isEmpty?: true; faults: ViewFault[]; unverified: Unverified[] };
