import { addTo, byName, whileAlike } from '../../base/index.ts';
import { placesById, type Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { readExpression, yamlPath } from '../../query/index.ts';
import type { DiagnosticSource } from '../../source/index.ts';
import { sourceOf } from '../subjects.ts';

/**
 * The lines of what an expression names: the best that can be said of where its value comes from. In an
 * Application or AppProject it is the line of the field that is asked for.
 */
export function valueSources(expression: string, platform: Platform): DiagnosticSource[] {
  const asked = readExpression(expression).calls.find(({ path }) => path.length > 0)?.path;
  return namedIn(expression, platform).map((resource) => {
    const { kind } = resource;
    const subject = kind === 'Application' ? 'application' : kind === 'AppProject' ? 'project' : 'resource';
    const path = asked ? yamlPath(subject, asked) : null;
    return sourceOf(platform, resource, 'declared here', path ?? undefined);
  });
}

/** Resources whose names stand as texts in an expression. */
function namedIn(expression: string, platform: Platform): Resource[] {
  const { calls, texts } = readExpression(expression);
  const kind = calls.map(({ name }) => kindOf[name]).find((found) => found !== undefined);
  // A resource has several references: the short and the long one, and its id.
  const { resources } = platform.model;
  const places = placesByName(resources);
  const named = new Set(
    texts.flatMap((text) => {
      const found = text.includes('/') ? platform.resolveReference(text) : null;
      const whole = found?.ok ? placesById(resources).get(found.resource.id) : undefined;
      return [...(whole === undefined ? [] : [whole]), ...(places.get(text) ?? [])];
    }),
  );
  return [...named]
    .sort((a, b) => a - b)
    .flatMap((place) => resources[place] ?? [])
    .filter((resource) => kind === undefined || resource.kind === kind)
    .slice(0, 3);
}

/** Where in the model's order the resources of a name are. */
const placesByName = whileAlike(
  (one: Resource, other: Resource) => one.name === other.name,
  (resources) => {
    const places = new Map<string, number[]>();
    for (const [place, { name }] of resources.entries()) addTo(places, name, place);
    return places;
  },
);

/** Kinds of what the look-ups of one kind give. */
const kindOf: Record<string, string | undefined> = byName({
  application: 'Application',
  project: 'AppProject',
  applicationset: 'ApplicationSet',
});
