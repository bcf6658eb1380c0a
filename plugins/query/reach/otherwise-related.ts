/** Whether what overlays make each in its way could relate two resources otherwise than the model has it. */
import { at, isObject, type JsonValue, objectAt, oncePer } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { builtOtherwise, type Otherwise } from './built-otherwise.ts';

/** What makes one of the two so that they could be related otherwise. */
export function relatedOtherwise(from: Resource, to: Resource, platform: Platform): Otherwise[] {
  const others = builtOtherwise(platform);
  const [ofFrom, ofTo] = [from, to].map(({ id }) => others.get(id) ?? []) as [Otherwise[], Otherwise[]];
  if (from.kind === 'Service' && to.kind !== 'Service') {
    const makingsOf = (one: Resource, makings: Otherwise[], directory: string) =>
      makings.find((making) => making.directory === directory)?.other ?? one;
    const isSelected = selects(from, to);
    return [...ofFrom, ...ofTo].filter(
      ({ directory }) =>
        selects(makingsOf(from, ofFrom, directory), makingsOf(to, ofTo, directory)) !== isSelected,
    );
  }
  return [
    ...ofFrom.filter((making) => couldRelate(making, to)),
    ...ofTo.filter((making) => couldRelate(making, from)),
  ];
}

/** What makes a resource, or one that speaks of it, so that it could be related otherwise to anything. */
export function relatedAround(of: Resource, platform: Platform): Otherwise[] {
  const names = namesOf(platform);
  return [...builtOtherwise(platform)].flatMap(([id, makings]) =>
    makings.filter((making) =>
      id === of.id
        ? differencesOf(making).some(
            (one) => isSelecting(one) || [...wordsOf(one)].some((word) => names.has(word)),
          )
        : couldRelate(making, of),
    ),
  );
}

/** Whether what is made otherwise names something. */
export function speaksOf(making: Otherwise, name: string): boolean {
  return differencesOf(making).some((one) => wordsOf(one).has(name));
}

/** Whether it names the other end, or says what is selected by more than a name. */
function couldRelate(making: Otherwise, end: Resource): boolean {
  return differencesOf(making).some((one) => {
    if (wordsOf(one).has(end.name)) return true;
    const key = one.path.at(-1) ?? '';
    if (qualifying.has(key) && at(one.beside, 'name') === end.name) return true;
    if (!isSelecting(one, end)) return false;
    // A label relates to nothing but what asks for it.
    const label = one.path.at(-2) === 'labels' ? key : null;
    return label === null || asksFor(end.rendered, label);
  });
}

/** Whether more is meant by it than what has a name there. */
function isSelecting({ path }: Difference, end?: Resource): boolean {
  return path.some((key) => {
    const kinds = selecting.get(key);
    return kinds !== undefined && (end === undefined || kinds.test(end.kind));
  });
}

function asksFor(value: JsonValue, label: string): boolean {
  if (Array.isArray(value)) return value.some((inner) => asksFor(inner, label));
  if (!isObject(value)) return value === label;
  return Object.entries(value).some(
    ([key, inner]) => key === label || (key !== 'labels' && asksFor(inner, label)),
  );
}

function selects({ rendered: service }: Resource, { rendered: workload }: Resource): boolean {
  const labels = { ...objectAt(workload, 'spec', 'template', 'metadata', 'labels') };
  const selector = Object.entries(objectAt(service, 'spec', 'selector'));
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
}

/** Everything that a making has otherwise, down to single values and items of lists. */
const differencesOf = oncePer(({ known, other }: Otherwise): Difference[] =>
  differences(known.rendered, other.rendered, { path: [], beside: null }),
);

function differences(
  one: JsonValue | undefined,
  other: JsonValue | undefined,
  { path, beside }: Pick<Difference, 'path' | 'beside'>,
): Difference[] {
  if (isObject(one) && isObject(other))
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      differences(one[key], other[key], { path: [...path, key], beside: one }),
    );
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length === other.length)
      return one.flatMap((item, index) => differences(item, other[index], { path, beside }));
    const [own, theirs] = [one, other].map((list) => new Set(list.map((item) => JSON.stringify(item))));
    const values = [
      ...one.filter((item) => !theirs?.has(JSON.stringify(item))),
      ...other.filter((item) => !own?.has(JSON.stringify(item))),
    ];
    return values.map((value) => ({ path, beside, values: [value] }));
  }
  const values = [one, other].filter((value) => value !== undefined);
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ path, beside, values }];
}

/** Names that the texts of a difference may hold: `web`, and of `web.shop.svc` its first, too. */
const wordsOf = oncePer(({ values }: Difference): ReadonlySet<string> => {
  const words = new Set<string>();
  const collect = (value: JsonValue): void => {
    if (typeof value === 'string')
      for (const word of [value, ...value.split(/[^\w-]+/), ...value.split(/[^\w.-]+/)]) words.add(word);
    else if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) collect(inner);
  };
  for (const value of values) collect(value);
  return words;
});

const namesOf = oncePer(({ model }: Platform) => new Set(model.resources.map(({ name }) => name)));

/** What tells things of one name apart. */
const qualifying = new Set(['kind', 'namespace', 'group', 'apiGroup', 'apiVersion', 'sectionName']);

/** Keys below which things are selected, or meant where nothing is written, with their kinds. */
const selecting: ReadonlyMap<string, RegExp> = new Map([
  ...['labels', 'selector', 'matchLabels', 'matchExpressions', 'namespaceSelector', 'match', 'exclude'].map(
    (key): [string, RegExp] => [key, /./],
  ),
  ['destinations', /^Namespace$/],
  ['sourceNamespaces', /^Application/],
  ['generators', /^Application$/],
  ['allowedRoutes', /Route$/],
  ['eventBusName', /^EventBus$/],
  ['target', /^Secret$/],
]);

interface Difference {
  /** Keys alone, without the places in lists. */
  path: readonly string[];
  /** The mapping that it stands in. */
  beside: JsonValue;
  values: JsonValue[];
}
