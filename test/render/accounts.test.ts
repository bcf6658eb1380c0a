import { describe, expect, test } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { accountOf } from '../../scripts/corpora/measure.ts';
import { corpus, isPresent } from '../corpus.ts';
import { shareOfDay } from '../fuzz.ts';

const repositories = ['idp-blueprint', 'homelab', 'infra-deployments'];
/** The others take minutes. */
const names = shareOfDay(repositories, 3).name === 'all' ? repositories : ['idp-blueprint'];

describe.skipIf(!isPresent(corpus('.')))('real repositories', () => {
  test.for(names)(
    '%s: every file is used, no manifest, not applied, or in a diagnostic',
    {
      timeout: 1_200_000,
    },
    async (name) => {
      const platform = await loadPlatform({ root: corpus(name) });
      const { rest, ...account } = accountOf(platform);
      console.log(`${name}: ${platform.sources.files.size} files: ${JSON.stringify(account)}`);
      expect(rest).toEqual([]);
      expect(Object.values(account).reduce((sum, count) => sum + count, 0)).toBe(platform.sources.files.size);
      // Each Application says of what it deploys either the resources or why they are not known.
      for (const application of platform.model.applications) {
        const resources = platform.model.resources.filter((one) => one.application === application.name);
        expect(resources.length + application.unverified.length, application.name).toBeGreaterThan(0);
      }
    },
  );
});
