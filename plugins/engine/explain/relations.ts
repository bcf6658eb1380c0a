import { type Relation, relationTypes } from '../../model/index.ts';
import type { RelationEnd } from './explanation.ts';

/**
 * Relations of a resource, both ways, each as it reads from there. What the model knows from both ends
 * (`contains`, `belongs to`) is said once, and a need only where nothing says what for; that policies match
 * the resource is told apart.
 * @param nameOf gives the reference of a resource by its id.
 */
export function relationsOf(id: string, all: Relation[], nameOf: (id: string) => string): RelationEnd[] {
  // In which order they go is told by steps.
  const relations = all.filter(({ type }) => type !== 'removed-before');
  const said = new Set(relations.filter(({ from }) => from === id).map(({ type, to }) => `${type} ${to}`));
  const isSaid = ({ type, from }: Relation) => said.has(`${infos.get(type)?.inverse} ${from}`);
  const ends = new Set(relations.flatMap(({ type, from, to }) => (type === 'needs' ? [] : `${from} ${to}`)));
  return relations
    .filter(({ type, from, to }) => type !== 'needs' || !ends.has(`${from} ${to}`))
    .filter((relation) => relation.from === id || (relation.type !== 'matches' && !isSaid(relation)))
    .map(({ type, from, to, origin }) => {
      const info = infos.get(type);
      const isOut = from === id;
      const otherId = isOut ? to : from;
      return {
        type,
        way: isOut ? 'out' : 'in',
        words: (isOut ? info?.verb : info?.passive) ?? type,
        other: nameOf(otherId),
        otherId,
        origin,
      };
    });
}

const infos = new Map(relationTypes.map((info) => [info.type, info]));
