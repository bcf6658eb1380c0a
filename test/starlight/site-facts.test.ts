import type { IntegrationResolvedRoute } from 'astro';
import { expect, test } from 'vitest';
import { routesBeside } from '../../plugins/starlight/site/site-facts.ts';

test('addresses of a site are the same before and after Astro adds its own, which it does in its own time', () => {
  const route = (pattern: string, origin: IntegrationResolvedRoute['origin'], entrypoint: string) =>
    ({ pattern, origin, entrypoint }) as IntegrationResolvedRoute;
  const first = [
    route('/map', 'project', 'src/pages/map.astro'),
    route('/facts.json', 'external', 'facts-route.ts'),
    route('/[...slug]', 'external', '@astrojs/starlight/routes/static/index.astro'),
  ];
  const later = [
    route('/_server-islands/[name]', 'internal', '_server-islands.astro'),
    route('/_image', 'internal', 'astro/assets/endpoint/generic'),
    ...first,
  ];
  expect(routesBeside(first)).toEqual(['map', 'facts.json']);
  expect(routesBeside(later)).toEqual(routesBeside(first));
});
