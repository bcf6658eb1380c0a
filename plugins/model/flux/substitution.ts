/** The post-build substitution of a Kustomization over what it deploys. */
import { isObject, type JsonObject, stableStringify, textAt } from '../../base/index.ts';
import type { UnverifiedPart } from '../../source/index.ts';
import { EnvsubstError, readYaml, substituteVariables, writeYaml } from '../../template/index.ts';
import { placeOfOrigin } from '../context.ts';
import type { DeployedObject } from '../deployers/deployment-types.ts';
import type { Variables } from './variables.ts';

/**
 * The object as Flux applies it: its text as YAML is substituted, so that a number in a variable becomes a
 * number. What hangs on a variable that is not known stays as it is written, and is told.
 * Source: `fluxcd/pkg/kustomize` SubstituteVariables.
 */
export function substituted(object: DeployedObject, variables: Variables): Substituted {
  const { value, origin } = object;
  if (isDisabled(value) || !JSON.stringify(value).includes('$')) return { object, unknown: null, names: [] };
  const name = `${String(value.kind)}/${textAt(value, 'metadata', 'name') ?? ''}`;
  try {
    const { text, unknown } = substituteVariables(writeYaml(value), variables.valueOf);
    const made = readYaml(text);
    if (!isObject(made)) return { error: `post build failed for '${name}': it is no mapping any more` };
    return {
      object: { ...object, value: made },
      names: unknown,
      unknown:
        unknown.length === 0
          ? null
          : {
              kind: 'partial',
              what: `${unknown.map((one) => `\`\${${one}}\``).join(', ')} in ${name}`,
              why: whyUnknown(variables),
              origin: placeOfOrigin(origin),
              fields: fieldsWith(made, unknown),
            },
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const words = error instanceof EnvsubstError ? `envsubst error: ${error.message}` : error.message;
    return { error: `post build failed for '${name}': ${words}` };
  }
}

function whyUnknown({ unread, isListed }: Variables): string {
  if (!isListed) return 'nothing lists its Kustomization, and whoever does may give it more variables';
  return unread.length === 0
    ? 'the values of Secrets are not read'
    : `${unread.map((one) => `\`${one}\``).join(' and ')} ${unread.length === 1 ? 'is' : 'are'} not read and may say it`;
}

function isDisabled(value: JsonObject): boolean {
  return ['labels', 'annotations'].some(
    (field) => textAt(value, 'metadata', field, 'kustomize.toolkit.fluxcd.io/substitute') === 'disabled',
  );
}

/** Fields of the object, and of the resource made of it, that hold such a variable. */
function fieldsWith(value: JsonObject, names: readonly string[]): string[] {
  const holds = (part: unknown): boolean =>
    part !== undefined && names.some((name) => stableStringify(part as never).includes(`\${${name}`));
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const own = ['name', 'namespace', 'labels', 'annotations'].filter((field) => holds(metadata[field]));
  const isNamed = own.includes('name') || own.includes('namespace');
  return [...Object.keys(value).filter((key) => holds(value[key])), ...own, ...(isNamed ? ['id'] : [])];
}

type Substituted =
  | { object: DeployedObject; unknown: UnverifiedPart | null /** Of variables. */; names: string[] }
  | { error: string };
