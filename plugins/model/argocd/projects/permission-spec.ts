/** Applications that Argo CD calls invalid, whatever their project says. */
import { isObject, type JsonObject, textAt } from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { Reason } from '../../finding-types.ts';
import type { Resource } from '../../types.ts';
import { sourcesOf } from '../sources/deployments.ts';
import { sourceFaults } from '../sources/source-validation.ts';
import type { DestinationFault, ResolvedDestination } from './destinations.ts';
import { sourceOf } from './permission-parts.ts';

/** What no project could permit: Argo CD calls the spec invalid. */
export function specReasons(
  application: Resource,
  spec: JsonObject,
  destination: ResolvedDestination,
  context: BuildContext,
): Reason[] {
  const several = Array.isArray(spec.sources) && spec.sources.length > 0;
  const written = isObject(spec.sourceHydrator) ? [] : sourcesOf(spec);
  // An artifact of an OCI registry needs no path.
  const sources = written.map((source) =>
    /^oci:\/\//.test(textAt(source, 'repoURL') ?? '') && !source.path ? { ...source, path: '.' } : source,
  );
  const none = sources.length === 0 && !isObject(spec.sourceHydrator);
  const reasons = sourceFaults(none ? [{}] : sources, several).map(
    ({ index, path, error, expected }): Reason => ({
      message: error,
      about: `spec of source ${index}`,
      expected,
      actual: 'it is missing',
      isSpec: true,
      help: 'Argo CD reports InvalidSpecError and deploys nothing: complete the source.',
      application: sourceOf(application, path, 'application', context),
      project: null,
    }),
  );
  if (!destination.ok && destination.is !== 'unknown') {
    reasons.push({
      message: destination.error,
      about: 'destination of the spec',
      ...destinationWords[destination.is],
      isSpec: true,
      application: sourceOf(application, ['spec', 'destination'], 'application', context),
      project: null,
    });
  }
  return reasons;
}

/** Both sides and the mend of a destination that no cluster Secret could make right. */
const destinationWords: Record<
  Exclude<DestinationFault, 'unknown'>,
  Pick<Reason, 'expected' | 'actual' | 'help'>
> = {
  disabled: {
    expected: 'a cluster that Argo CD deploys to',
    actual: '`cluster.inClusterEnabled: "false"` in argocd-cm',
    help: 'Name another cluster, or take the setting out of argocd-cm.',
  },
  ambiguous: {
    expected: 'the name of one cluster',
    actual: 'that of several in `generators.clusters` of plumbline.yaml',
    help: 'Give the destination the `server` of the one that is meant.',
  },
  'not-one': {
    expected: 'a server or a name',
    actual: 'neither or both',
    help: 'Give the destination a `server` or a `name`, not both.',
  },
};
