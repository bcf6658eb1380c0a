import { describe, expect, it } from 'vitest';
import { nearestPaths } from '../../plugins/checks/nearest-paths.ts';

const stacks = ['cart', 'mail', 'shop', 'wiki'];
const paths = [
  ...stacks.map((stack) => `apps/${stack}/release.yaml`),
  'apps/cart/web/quota.yaml',
  ...stacks.map((stack) => `infra/${stack}/base/quota.yaml`),
];

describe('a path to a file of which many have the name', () => {
  it.each([
    ['apps/store/release.yaml', 'apps', []],
    ['infra/net/release.yaml', 'infra', []],
    ['more/shop/release.yaml', null, ['apps/shop/release.yaml']],
    ['apps/cart/quotas/quota.yaml', 'apps/cart', ['apps/cart/web/quota.yaml']],
  ])('%s', (path, reach, near) => {
    expect(nearestPaths(path, reach, paths)).toEqual(near);
  });
});
