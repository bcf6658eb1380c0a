import { type JsonObject, keepAnswers, whileAlike } from '../base/index.ts';
import type { Equality } from './cel/equalities.ts';
import type { Elements } from './elements.ts';
import type { Subject, SubjectKind } from './subjects/index.ts';

/**
 * Finds the rows that a condition can hold of at all, so that what is asked of one namespace or kind does not
 * look at every row there is.
 */
export function createRowIndex(elements: Elements): RowIndex {
  const known = new Map<string, Positions>();
  const positionsOf = (kind: SubjectKind, name: string): Positions => {
    if (kind === 'resource') return positionsOfResources(name)(elements.all(kind));
    const key = `${kind} ${name}`;
    let found = known.get(key);
    if (found === undefined) {
      found = readPositions(elements.all(kind), name);
      known.set(key, found);
    }
    return found;
  };
  return (kind, equalities) => {
    const subjects = elements.subjects<SubjectKind>(kind);
    let fewest: number[] | undefined;
    for (const { name, texts } of equalities) {
      const { byText, others } = positionsOf(kind, name);
      const positions = [...texts].flatMap((text) => byText.get(text) ?? []).concat(others);
      if (fewest === undefined || positions.length < fewest.length) fewest = positions;
    }
    if (fewest === undefined) return subjects;
    return fewest.sort((a, b) => a - b).flatMap((position) => subjects[position] ?? []);
  };
}

/** What resources say under a name most edits leave as it was. */
function positionsOfResources(name: string): (elements: readonly Element[]) => Positions {
  return ofResources(name, () =>
    whileAlike<Element, Positions>(
      (one, other) => Object.is(one[name], other[name]),
      (elements) => readPositions(elements, name),
    ),
  );
}

// Pages ask for few names, but whoever writes them may write many.
const ofResources = keepAnswers<string, (elements: readonly Element[]) => Positions>(100);

function readPositions(elements: readonly Element[], name: string): Positions {
  const positions: Positions = { byText: new Map(), others: [] };
  for (const [position, element] of elements.entries()) {
    const value = element[name];
    if (value === undefined) positions.others.push(position);
    else if (typeof value === 'string') {
      const same = positions.byText.get(value);
      if (same === undefined) positions.byText.set(value, [position]);
      else same.push(position);
    }
  }
  return positions;
}

type Element = JsonObject;

/** In their order, those of a kind of which all of this may be so. */
type RowIndex = (kind: SubjectKind, equalities: readonly Equality[]) => readonly Subject[];

interface Positions {
  byText: Map<string, number[]>;
  /** Of what has nothing there: whether that is an error is for the expression to say. */
  others: number[];
}
