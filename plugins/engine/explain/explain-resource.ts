import type { Resource } from '../../model/index.ts';
import { checkPages } from '../check-pages.ts';
import type { Engine } from '../engine.ts';
import { mentionsOf } from '../mentions.ts';
import { createExplainer } from './explainer.ts';
import type { Explanation } from './explanation.ts';

/** Everything that is known of one resource, with where pages speak of it: they are checked for that. */
export async function explainResource(engine: Engine, resource: Resource): Promise<Explanation> {
  const { pages } = await checkPages(engine);
  const mentions = mentionsOf(resource, pages, engine);
  return { ...createExplainer(engine.platform).explain(resource), mentions };
}
