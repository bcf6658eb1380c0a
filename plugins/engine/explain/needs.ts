import { type Deployer, deployerKind, isMadeSecret, type Resource } from '../../model/index.ts';
import type { Named } from './about/named.ts';
import type { Context } from './indexes.ts';

/**
 * What must be there before a resource, each once, with what brings it: what it needs itself, then what that
 * needs, and of a Secret that a controller makes what makes it. What others deploy comes first, as no wave of
 * its own application orders it.
 */
export function needsOf(resource: Resource, context: Context): Need[] {
  const found = new Map<string, Need>();
  const queue = [resource];
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    for (const id of directNeeds(one, context)) {
      const own = context.together(resource.id, id);
      const needed = own === null ? undefined : context.platform.resource(own);
      if (needed === undefined || needed.id === resource.id || found.has(needed.id)) continue;
      found.set(needed.id, needOf(needed, one === resource ? null : one, resource, context));
      if (found.size < mostNeeds) queue.push(needed);
    }
  }
  const needs = [...found.values()];
  return [...needs.filter(({ isBeside }) => !isBeside), ...needs.filter(({ isBeside }) => isBeside)];
}

/** What cannot be there before it, itself or what is made of it left out. */
export function neededBy(id: string, { relations, nameOf }: Context): Named[] {
  const ids = (relations.get(id) ?? []).flatMap(({ type, from, to }) =>
    to === id && (type === 'needs' || type === 'depends-on') ? [from] : [],
  );
  return [...new Set(ids)].map((one) => ({ reference: nameOf(one), id: one }));
}

function directNeeds({ id }: Resource, { relations }: Context): string[] {
  const own = relations.get(id) ?? [];
  return [
    ...own.flatMap(({ type, from, to }) =>
      from === id && (type === 'needs' || type === 'depends-on') ? [to] : [],
    ),
    ...own.flatMap(({ type, from, to }) => (to === id && type === 'writes' ? [from] : [])),
  ];
}

function needOf(
  needed: Resource,
  through: Resource | null,
  { deployer: own }: Resource,
  { nameOf, deployerById }: Context,
): Need {
  const { id, wave, deployer, layer } = needed;
  const by = deployerById.get(deployer ?? '');
  return {
    ...{ reference: nameOf(id), id, layer, isMade: isMadeSecret(needed) },
    by: by === undefined ? null : byOf(by),
    wave: by === undefined || by.kind !== undefined ? null : wave,
    isBeside: own !== null && deployer === own,
    through: through === null ? null : { reference: nameOf(through.id), id: through.id },
  };
}

function byOf(deployer: Deployer): NonNullable<Need['by']> {
  return { kind: deployerKind(deployer), name: deployer.name, id: deployer.id };
}

/** More than a page can say; a Namespace of everything has its needs above it alone. */
const mostNeeds = 60;

/** Something that must be there first. */
export interface Need extends Named {
  /** What deploys it; null for what bootstrap applies, a controller makes, or nothing here deploys. */
  by: { kind: string; name: string; id: string } | null;
  /** Of an Application's sync. */
  wave: number | null;
  layer: Resource['layer'];
  /** True where a controller makes it in the cluster. */
  isMade: boolean;
  /** True where the same application deploys it: then waves order the two. */
  isBeside: boolean;
  /** What needs it, where that is not the resource itself. */
  through: Named | null;
}
