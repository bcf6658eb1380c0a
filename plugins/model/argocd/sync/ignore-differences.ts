/**
 * What Argo CD leaves out of a comparison. Source: `util/settings` GetResourceOverrides,
 * `util/argo/normalizers`.
 */
import { asText, isObject, type JsonObject, type JsonValue } from '../../../base/index.ts';
import { readYaml } from '../../../base/yaml-value.ts';

const prefix = 'resource.customizations.';
const types = [
  'health',
  'useOpenLibs',
  'actions',
  'ignoreDifferences',
  'ignoreResourceUpdates',
  'knownTypeFields',
];

/**
 * `cert-manager.io_Certificate` → `cert-manager.io/Certificate`; `all` is every kind; two `_` are an error
 * (null).
 */
export function overrideKey(suffix: string): string | null {
  if (suffix === 'all') return '*/*';
  const parts = suffix.split('_');
  return parts.length > 2 ? null : parts.join('/');
}

/**
 * `ignoreDifferences` of argocd-cm by `group/kind`, in the order written: `resource.customizations`, over
 * which the split keys go whole, then what `resource.compareoptions` says of `/status`.
 */
export function resourceOverrides(data: JsonObject): OverridesResult {
  const overrides = new Map<string, Override>();
  const faults: OverrideFault[] = [];
  const whole = text(data['resource.customizations']);
  for (const [key, value] of Object.entries(asObject(readYaml(whole)))) {
    const ignored = asObject(readYaml(text(asObject(value).ignoreDifferences)));
    if (Object.keys(ignored).length > 0) overrides.set(key, override(ignored, 'resource.customizations'));
  }
  for (const [name, value] of Object.entries(data)) {
    if (!name.startsWith(prefix)) continue;
    const [type = '', ...rest] = name.slice(prefix.length).split('.');
    const key = overrideKey(rest.join('.'));
    if (!types.includes(type))
      faults.push({ key: name, error: `resource customization type ${type} not supported` });
    else if (key === null) faults.push({ key: name, error: `\`${rest.join('.')}\` has more than one \`_\`` });
    else if (type === 'ignoreDifferences') {
      const parsed = readYaml(text(value));
      if (isObject(parsed)) overrides.set(key, override(parsed, name));
      else faults.push({ key: name, error: 'it is no YAML mapping' });
    }
  }
  const options = asObject(readYaml(text(data['resource.compareoptions'])));
  const status = asText(options.ignoreResourceStatusField ?? 'all');
  if (!['none', 'off', 'false'].includes(status)) {
    const key = status === 'crd' ? 'apiextensions.k8s.io/CustomResourceDefinition' : '*/*';
    const known = overrides.get(key);
    if (known) known.jsonPointers.push('/status');
    else overrides.set(key, { ...lists({}), jsonPointers: ['/status'], from: null, written: [] });
  }
  return { overrides, faults };
}

export function lists(entry: JsonObject): IgnoreLists {
  const strings = (value: JsonValue | undefined): string[] =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return {
    jsonPointers: strings(entry.jsonPointers),
    jqPathExpressions: strings(entry.jqPathExpressions),
    managedFieldsManagers: strings(entry.managedFieldsManagers),
  };
}

function override(entry: JsonObject, from: string): Override {
  const found = lists(entry);
  return { ...found, from, written: [...found.jsonPointers] };
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export interface IgnoreLists {
  jsonPointers: string[];
  jqPathExpressions: string[];
  managedFieldsManagers: string[];
}
/**
 * `from`: the key of the ConfigMap that says so, null for Argo CD's own default; `written`: the pointers that
 * stand there.
 */
type Override = IgnoreLists & { from: string | null; written: string[] };
interface OverrideFault {
  key: string;
  error: string;
}
export interface OverridesResult {
  overrides: Map<string, Override>;
  /** Each makes Argo CD refuse the whole ConfigMap. */
  faults: OverrideFault[];
}
