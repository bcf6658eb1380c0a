/**
 * What Kyverno adds to a `MutatingPolicy` about Pods for workloads. Source: `pkg/cel/policies/mpol/autogen`
 * of kyverno.
 */
import { type JsonObject, objectAt, textAt } from '../../../../base/index.ts';
import { listOf } from '../cel-variables.ts';
import { podTargets } from '../validating-autogen.ts';

/** The policy as written (its name null), and as it is rewritten for workloads, where it is. */
export function mutatingVariants(spec: JsonObject): { name: string | null; spec: JsonObject }[] {
  const added = podTargets(spec).map(({ name, path, matchConstraints }) => ({
    name: `autogen-${name}`,
    spec: {
      ...spec,
      matchConstraints,
      matchConditions: listOf(spec, 'matchConditions').map((one) => ({
        ...one,
        expression: moved(textAt(one, 'expression') ?? '', path),
      })),
      mutations: listOf(spec, 'mutations').map((one) => {
        const expression = textAt(one, 'applyConfiguration', 'expression');
        return expression === undefined
          ? one
          : {
              ...one,
              applyConfiguration: {
                ...objectAt(one, 'applyConfiguration'),
                expression: moved(expression, path),
              },
            };
      }),
    },
  }));
  return [{ name: null, spec }, ...added];
}

/**
 * What is asked and made of the Pod is asked and made of the template; an object that is made gets one around
 * it.
 */
function moved(expression: string, path: string): string {
  const text = expression
    .replace(/\b(object|oldObject|Object)\.spec/g, `$1.${path}.spec`)
    .replace(/\b(object|oldObject|Object)\.metadata\.(labels|annotations)/g, `$1.${path}.metadata.$2`);
  const start = /^Object\s*\{/.exec(text.trim())?.[0];
  if (start === undefined) return text;
  const content = text.trim().slice(start.length);
  let depth = 1;
  const end = [...content].findIndex((character) => {
    depth += character === '{' ? 1 : character === '}' ? -1 : 0;
    return depth === 0;
  });
  if (end <= 0) return text;
  const keys = path.split('.');
  const around = keys.map((key, at) => `${key}: Object.${keys.slice(0, at + 1).join('.')}{`).join('');
  return `Object{${around}${content.slice(0, end)}${'}'.repeat(keys.length + 1)}${content.slice(end + 1)}`;
}
