/**
 * What a change does, in words: the same for a terminal and for a comment, which print the pieces as they
 * must.
 */

import { addTo, counted, stableStringify } from '../../base/index.ts';
import type { Change, PlatformDiff, Section, UnreadChange } from '../../engine/index.ts';
import { describe } from '../block.ts';
import { type Folded, fold } from '../fold-repeats.ts';
import { changeItem } from './change-item.ts';
import { deployerOf } from './deployer-of.ts';
import { foldChanges } from './fold-changes.ts';
import { pageItem } from './page-item.ts';
import { type Item, listed, type Part, type Piece, placeOf } from './pieces.ts';

/** In the order of a reviewer: what breaks, what goes, what opens, who may do what, then the rest. */
export function partsOf({ faults, changes, pages, unverified }: PlatformDiff): Part[] {
  const errors = faults.new.filter(({ severity }) => severity === 'error');
  const others = faults.new.filter(({ severity }) => severity !== 'error');
  const part = (title: string, about: string, count: number, items: Item[]): Part => ({
    title,
    about,
    count,
    items,
  });
  const parts = [
    part('Broken', 'what is wrong now and was not before', errors.length, fold(errors).map(faultItem)),
    ...sectionParts(changes),
    part('Warnings', 'that were not there before', others.length, fold(others).map(faultItem)),
    part(
      'Pages',
      'where something is shown or fares otherwise, or what differs is spoken of',
      pages.length,
      pages.map(pageItem),
    ),
    part(
      'Mended',
      'what was wrong and is no longer',
      faults.mended.length,
      fold(faults.mended).map(mendedItem),
    ),
    part(
      'Not read',
      'what it brings may differ, and cannot be known here',
      unverified.length,
      foldUnread(unverified).map(unreadItem),
    ),
  ];
  return parts.filter(({ items }) => items.length > 0);
}

/** `2 broken, 1 removed, 12 changed`, or that there is nothing. */
export function headline(diff: PlatformDiff): string {
  const counts = partsOf(diff).map(({ title, count }) => {
    const word = title.toLowerCase();
    return `${count} ${count === 1 ? (singular.get(word) ?? word) : word}`;
  });
  return counts.length === 0 ? 'nothing differs in the platform or in what the pages say' : counts.join(', ');
}

/** `main (0123456789ab) → the files as they are (…)`. */
export function sidesLine({ base, head }: PlatformDiff): Piece[] {
  const side = ({ name, commit }: PlatformDiff['base']): Piece[] => [
    name === null ? 'the files as they are' : { code: name },
    ...(commit === null ? [] : [' (', { code: commit }, ')']),
  ];
  return [...side(base), ' → ', ...side(head)];
}

function sectionParts(changes: readonly Change[]): Part[] {
  return Object.entries(titles).map(([section, [title, about]]) => {
    const own = changes.filter((change) => change.section === section);
    return { title, about, count: own.length, items: foldChanges(own).map(changeItem) };
  });
}

function faultItem({ diagnostic, others }: Folded): Item {
  const { rule, severity, message, page, sources, expected, actual, help } = diagnostic;
  const places = [
    ...(page ? [placeOf(page, 'head')] : []),
    ...sources.slice(0, page ? 2 : 3).map((source) => placeOf(source, 'head', describe(source))),
  ];
  const field = (name: string, value: string | null): Piece[][] =>
    value === null ? [] : [[name, { said: value }]];
  return {
    title: [{ strong: severity === 'error' ? rule : `${severity}: ${rule}` }, ' ', { said: message }],
    lines: [
      ...places.map((place): Piece[] => ['at ', place]),
      ...field('expected ', expected),
      ...field('found ', actual),
      ...(others.length === 0 ? [] : [['also ', ...listed(others)]]),
      ...field('help: ', help),
    ],
  };
}

function mendedItem({ diagnostic: { rule, message, page, sources }, others }: Folded): Item {
  const place = page ?? sources[0];
  return {
    title: [{ strong: rule }, ' ', { said: message }, ...(place ? [' at ', placeOf(place, 'base')] : [])],
    lines: others.length === 0 ? [] : [['also ', ...listed(others)]],
  };
}

/** What several files ask for alike is told once. */
function foldUnread(changes: readonly UnreadChange[]): FoldedUnread[] {
  const groups = new Map<string, UnreadChange[]>();
  for (const change of changes) {
    const { before, after, files } = change;
    const words = [before, after].map((one) => one && [one.what, one.why]);
    addTo(groups, stableStringify([words, deployerOf(change), files]), change);
  }
  return [...groups.values()].flatMap((all) => all.slice(0, 1).map((first) => ({ first, all })));
}

function unreadItem({ first: change, all }: FoldedUnread): Item {
  const { before, after, files } = change;
  const deployer = deployerOf(change);
  const known = after ?? before;
  const isOther = before !== null && after !== null && before.what !== after.what;
  const how = before === null ? ', new' : after === null ? ', no longer' : ', given something else';
  const asking = all.flatMap(({ before: was, after: is }) => (is ?? was)?.origin?.file ?? []);
  return {
    title: [
      ...(isOther
        ? [{ code: before.what }, ' → ', { code: after.what }]
        : [{ code: known?.what ?? '' }, how]),
      ...(deployer === null ? [] : [', ', deployer.kind, ' ', { code: deployer.name }]),
      ...(known?.origin && all.length === 1
        ? [' at ', placeOf(known.origin, after === null ? 'base' : 'head')]
        : []),
    ],
    lines: [
      ...(all.length === 1 ? [] : [[`in ${counted(all.length, 'place')}: `, ...listed(asking)]]),
      ...(files.length === 0 ? [] : [listed(files).concat(files.length === 1 ? ' differs' : ' differ')]),
      ...(known === null ? [] : [[{ said: known.why }]]),
    ],
  };
}

interface FoldedUnread {
  first: UnreadChange;
  /** With it. */
  all: UnreadChange[];
}

const singular = new Map([
  ['pages', 'page'],
  ['warnings', 'warning'],
]);
const titles: Record<Section, [title: string, about: string]> = {
  removed: ['Removed', 'no longer in Git under that name, and what becomes of it in the cluster'],
  exposed: ['Exposed', 'routes, gateways and services that lead in from outside'],
  security: ['Security', 'policies, projects, roles, and with which rights something runs'],
  order: ['Order', 'what a sync applies earlier or later'],
  changed: ['Changed', 'what else is otherwise'],
  added: ['Added', 'what is new'],
  moved: ['Moved', 'the same from another file'],
  unknown: ['Not known', 'one side could not be rendered: it may be gone, new, otherwise, or as it was'],
};
