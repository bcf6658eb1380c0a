/** What the ConfigMaps of Argo CD say, as far as they are in the repository. */
import { listAt, oncePer, textAt } from '../../base/index.ts';
import type { Rendered } from '../../render/index.ts';
import type { SourceFile, Sources, UnverifiedPart } from '../../source/index.ts';
import { identityOf } from '../identity.ts';
import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';

/** A ConfigMap of Argo CD (`argocd-cm`, `argocd-cmd-params-cm`): the one beside the object, else any. */
export function settingsMap(
  name: string,
  namespace: string | null,
  { lookup }: { lookup: ResourceIndex },
): Resource | undefined {
  return lookup.find('', 'ConfigMap', namespace, name) ?? lookup.findAnywhere('', 'ConfigMap', name);
}

/**
 * Whether it is open what argocd-cm says under a key: something taken out may say it too, or the whole
 * ConfigMap is in sight (a generator, a patch) and was not rendered. Where nothing speaks of argocd-cm, Argo
 * CD's defaults stand.
 */
export function createSettingsTest(sources: Sources, rendered: Rendered): SettingsTest {
  const builds = [...rendered.builds.values(), ...rendered.sourceBuilds.values()];
  const partial = builds.flatMap(({ unverified }) =>
    unverified.filter((one): one is UnverifiedPart => one.kind === 'partial'),
  );
  const inSight = new Map<string, boolean>();
  return (settings, key) => {
    if (settings === undefined) {
      const isSeen = inSight.get(key) ?? isInSight(sources, key);
      inSight.set(key, isSeen);
      return isSeen;
    }
    if (textAt(settings.rendered, 'data', key) !== undefined) return false;
    const { file, line } = settings.origin;
    return partial.some(
      ({ fields, origin }) => fields.includes('data') && origin?.file === file && origin.line === line,
    );
  };
}

/** A file that names the key is some chart's values, or some other way to argocd-cm. */
function isInSight(sources: Sources, key: string): boolean {
  return [...sources.files.values()].some((file) => {
    const known = saidIn(file);
    const isSeen = known.get(key) ?? speaksOf(file, key);
    known.set(key, isSeen);
    return isSeen;
  });
}

const saidIn = oncePer((_: SourceFile) => new Map<string, boolean>());

function speaksOf({ documents, text }: SourceFile, key: string): boolean {
  return (
    text.includes(key) ||
    documents.some(({ value }) => {
      const { kind, name } = identityOf(value);
      const generators = listAt(value, 'configMapGenerator');
      return (
        (kind === 'ConfigMap' && name === 'argocd-cm') ||
        generators.some((one) => textAt(one, 'name') === 'argocd-cm')
      );
    })
  );
}

export type SettingsTest = (settings: Resource | undefined, key: string) => boolean;
