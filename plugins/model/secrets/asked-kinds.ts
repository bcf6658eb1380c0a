import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';

/** Notes the kinds that are asked for, with what there is of each when it first is. */
export function notingKinds({ ofKind }: Pick<ResourceIndex, 'ofKind'>): NotingKinds {
  const groups = new Map<string, Map<string, readonly Resource[]>>();
  return {
    ofKind(group, kind) {
      const kinds = groups.get(group) ?? new Map<string, readonly Resource[]>();
      groups.set(group, kinds);
      const resources = ofKind(group, kind);
      if (!kinds.has(kind)) kinds.set(kind, [...resources]);
      return resources;
    },
    asked: () =>
      [...groups].flatMap(([group, kinds]) =>
        [...kinds].map(([kind, resources]) => ({ group, kind, resources })),
      ),
  };
}

/** What there is of each now, where all of it says what it said; undefined where it does not. */
export function askedAgain(
  asked: readonly AskedKind[],
  { ofKind }: Pick<ResourceIndex, 'ofKind'>,
): AskedKind[] | undefined {
  const now = asked.map(({ group, kind }) => ({ group, kind, resources: [...ofKind(group, kind)] }));
  const isSame = now.every(({ resources }, place) => {
    const before = asked[place]?.resources ?? [];
    return resources.length === before.length && resources.every((one, index) => saysAs(one, before[index]));
  });
  return isSame ? now : undefined;
}

function saysAs(one: Resource, other: Resource | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export interface NotingKinds extends Pick<ResourceIndex, 'ofKind'> {
  asked(): AskedKind[];
}

export interface AskedKind {
  group: string;
  kind: string;
  resources: readonly Resource[];
}
