import { toHtml } from 'hast-util-to-html';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lanesElement, wavesElement } from '../../plugins/remark/html/waves-element.ts';
import { createWaves, wavesOf } from '../../plugins/views/index.ts';
import { english } from '../../plugins/words/index.ts';
import { type Bench, engineWithPages } from '../checks/engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const page = () => ({
  platform: bench.engine.platform,
  links: { resource: () => '/there/', page: () => null, place: () => null },
  speech: english,
});
function shown(options: { of?: string; where?: string }) {
  const made = wavesOf(bench.engine.platform, bench.engine.query, options);
  if (!made.ok) throw new Error(made.faults[0]?.message);
  return made;
}

describe('the waves of an application', () => {
  it('are lanes in its order, which hold all that it applies, once', () => {
    const { model } = bench.engine.platform;
    expect(model.applications.length).toBeGreaterThan(1);
    for (const application of model.applications) {
      const { lanes } = createWaves(bench.engine.platform).of(application);
      const ids = lanes.flatMap(({ kinds }) => kinds.flatMap((one) => one.ids));
      expect(new Set(ids)).toEqual(new Set(application.order.flat()));
      expect(lanes.map(({ phase, wave }) => `${phase} ${wave}`)).toEqual([
        ...new Set(application.stages.map(({ phase, wave }) => `${phase} ${wave}`)),
      ]);
    }
  });

  it('say what others bring, and mark the one that is looked at', () => {
    const { shown: found } = shown({ of: 'Deployment/cart' });
    if (found.is !== 'lanes') throw new Error('no lanes');
    const { before, marked } = found.lanes;
    expect(marked).toBe('Deployment.apps/shop/cart');
    expect(before[0]?.id).toBe('Namespace/shop');
    const html = toHtml(lanesElement(found.lanes, page(), { names: false }));
    expect(html).toContain('before, from elsewhere');
    expect(html).toMatch(/<li class="pl-here" aria-current="true"><span class="pl-pill-kind">Deployment</);
    expect(html.match(/aria-current/g)).toHaveLength(1);
  });

  it('are a map of all, with what is not rendered hatched', () => {
    const { shown: found, unverified } = shown({});
    if (found.is !== 'map') throw new Error('no map');
    const { model } = bench.engine.platform;
    expect(found.map.rows.map(({ name }) => name).sort()).toEqual(
      model.applications.map(({ name }) => name).sort(),
    );
    const html = toHtml(wavesElement(found, page(), 'Ours'));
    expect(html).toContain('<figcaption class="pl-caption">Ours</figcaption>');
    expect(html.includes('pl-hatch')).toBe(model.applications.some((one) => one.unverified.length > 0));
    expect(unverified.length > 0).toBe(model.applications.some((one) => one.unverified.length > 0));
  });

  it.each([
    ['a name that is none', '::waves{of="Application/sop-web"}', 'there is no resource'],
    ['both', '::waves{of="Application/shop-web" where="true"}', '`of` names the one application already'],
    ['what nobody deploys', '::waves{of="AppProject/shop"}', 'it comes in no wave'],
    ['a condition that nothing meets', '::waves{where="name == \'none\'"}', 'the map of waves shows nothing'],
    [
      'no application at all',
      '::waves{where="false"}',
      'the map of waves shows nothing: `where` selects no applications',
    ],
    ['an attribute that it does not have', '::waves{off="Application/shop-web"}', 'has no attribute `off`'],
  ])('are refused for %s', async (_what, text, message) => {
    const { diagnostics } = await bench.check(`${text}\n`);
    expect(diagnostics.map((one) => one.message).join('\n')).toContain(message);
  });
});
