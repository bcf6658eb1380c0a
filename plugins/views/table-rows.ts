import { createNumbering, once, oncePer } from '../base/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query, Subject } from '../query/index.ts';
import type { TableView, ViewRow } from './types.ts';

/**
 * All rows of a view, made once for a platform, however many tables show some of them. An id is one row's:
 * the second of the same gets `~2`.
 */
export function tableRows(view: TableView, platform: Platform, query: Query): TableRows {
  const made = rowsOf(query);
  let rows = made.get(view);
  if (rows === undefined) {
    rows = view.rowOf === undefined ? rowsOfAll(view, platform, query) : rowsEach(view, platform, query);
    made.set(view, rows);
  }
  return rows;
}

function rowsOfAll(view: TableView, platform: Platform, query: Query): TableRows {
  const own = createNumbering('~');
  return openRows(
    view.rows(platform, query).map((row) => withId(row, own(row.id))),
    new Set<Subject>(query.subjects(view.subject)),
  );
}

/** Of a view that makes the row of each subject by itself. */
function rowsEach(view: TableView, platform: Platform, query: Query): TableRows {
  const known = new Map<Subject, ViewRow>();
  return {
    all: once(() => view.rows(platform, query)),
    about: (chosen) =>
      chosen.flatMap((subject) => {
        const row = known.get(subject) ?? view.rowOf?.(subject, platform) ?? [];
        if (!Array.isArray(row)) known.set(subject, row);
        return row;
      }),
  };
}

/** The row itself where it has the id: what it says may be worked out when it is asked for. */
function withId(row: ViewRow, id: string): ViewRow {
  return row.id === id ? row : { ...row, id };
}

/**
 * Views may have rows about other subjects than their kind's (parts of bootstrap): those are tested one by
 * one.
 */
function openRows(all: readonly ViewRow[], listed: ReadonlySet<Subject>): TableRows {
  const places = new Map<Subject, number[]>();
  const others: number[] = [];
  for (const [place, { subject }] of all.entries()) {
    const known = places.get(subject);
    if (!listed.has(subject)) others.push(place);
    else if (known === undefined) places.set(subject, [place]);
    else known.push(place);
  }
  return {
    all: () => all,
    about(chosen, isChosen) {
      const found = chosen.flatMap((subject) => places.get(subject) ?? []);
      for (const place of others) {
        const subject = all[place]?.subject;
        if (subject !== undefined && isChosen(subject)) found.push(place);
      }
      return found.sort((a, b) => a - b).flatMap((place) => all[place] ?? []);
    },
  };
}

const rowsOf = oncePer((_: Query) => new Map<TableView, TableRows>());

interface TableRows {
  all: () => readonly ViewRow[];
  /** In their order, the rows of these subjects, and of those others that `isChosen` says. */
  about(chosen: readonly Subject[], isChosen: (other: Subject) => boolean): ViewRow[];
}
