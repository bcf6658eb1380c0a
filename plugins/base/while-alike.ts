import { uncounted } from './steps.ts';

/**
 * Works something out once for a list, and again only for one whose members are not all alike, each at its
 * place: an edit leaves most lists as they were. What is worked out may speak of members by their places
 * alone, as those of the next list may be others. It takes no steps of whoever asks first.
 */
export function whileAlike<Member, Value>(
  areAlike: (one: Member, other: Member) => boolean,
  workOut: (list: readonly Member[]) => Value,
): (list: readonly Member[]) => Value {
  const known = new WeakMap<readonly Member[], { value: Value }>();
  let last: WeakRef<readonly Member[]> | undefined;
  return (list) => {
    const found = known.get(list);
    if (found !== undefined) return found.value;
    const before = last?.deref();
    const isSame = before !== undefined && areAll(areAlike, before, list);
    const now = (isSame ? known.get(before) : undefined) ?? { value: uncounted(() => workOut(list)) };
    known.set(list, now);
    last = new WeakRef(list);
    return now.value;
  };
}

/**
 * Works something out of each member of a list, and keeps it for the next list that has the very same member
 * at the place. Only for what depends on that member alone, which must not change.
 */
export function eachWhileSame<Member extends object, Value>(
  workOut: (member: Member) => Value,
): (list: readonly Member[]) => readonly Value[] {
  const known = new WeakMap<readonly Member[], readonly Value[]>();
  let last: WeakRef<readonly Member[]> | undefined;
  return (list) => {
    const found = known.get(list);
    if (found !== undefined) return found;
    const before = last?.deref() ?? [];
    const values = known.get(before) ?? [];
    const now = list.map((member, place) =>
      before[place] === member ? (values[place] as Value) : workOut(member),
    );
    known.set(list, now);
    last = new WeakRef(list);
    return now;
  };
}

function areAll<Member>(
  areAlike: (one: Member, other: Member) => boolean,
  some: readonly Member[],
  others: readonly Member[],
): boolean {
  if (some.length !== others.length) return false;
  return some.every((one, place) => {
    const other = others[place] as Member;
    return one === other || areAlike(one, other);
  });
}
