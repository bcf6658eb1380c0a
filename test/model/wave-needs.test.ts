import { expect, it } from 'vitest';
import type { Model, Resource } from '../../plugins/model/index.ts';
import { invertedNeeds } from '../../plugins/model/wave-needs.ts';

it('compares the waves of one Application, not those of two that are called alike', () => {
  const made = (kind: string, id: string, deployer: string) =>
    ({
      group: kind === 'Secret' ? '' : 'apps',
      kind,
      id,
      deployer,
      application: 'web',
      phase: 'Sync',
    }) as Resource;
  const relations = [{ type: 'needs', from: 'Deployment', to: 'Secret' }] as Model['relations'];
  const inverted = (deployer: string) => {
    const all = [made('Deployment', 'Deployment', deployer), made('Secret', 'Secret', 'Application/web')];
    const applications = [{ order: [['Deployment'], ['Secret']] }] as Model['applications'];
    return invertedNeeds({ relations, applications }, (id) => all.find((one) => one.id === id)).length;
  };
  expect([inverted('Application/web'), inverted('Application/web@other')]).toEqual([1, 0]);
});
