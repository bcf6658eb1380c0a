/**
 * Names of container images, and those of a workload's containers as variables (`images.containers.NAME`).
 * Source: kyverno `pkg/utils/image`, `pkg/utils/api/image.go`.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../../base/index.ts';

/** The parts of an image's name with Docker's defaults; null for what is no name. */
export function readImage(text: string): JsonObject | null {
  const [, name = '', tag, digest] =
    /^([a-zA-Z0-9][\w.-]*(?::\d+(?=\/))?(?:\/[\w.-]+)*?)(?::([\w][\w.-]{0,127}))?(?:@([A-Za-z][\w+.-]*:[0-9a-fA-F]{32,}))?$/.exec(
      text,
    ) ?? [];
  if (name === '') return null;
  const [first = '', ...others] = name.split('/');
  const hasRegistry = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasRegistry ? first : 'docker.io';
  const path = hasRegistry ? others.join('/') : name;
  if (/[A-Z:]/.test(path)) return null;
  const shownTag = tag ?? (digest === undefined ? 'latest' : '');
  const suffix = digest === undefined ? `:${shownTag}` : `${shownTag === '' ? '' : `:${shownTag}`}@${digest}`;
  return {
    registry,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    tag: shownTag,
    digest: digest ?? '',
    reference: digest === undefined ? `${registry}/${path}${suffix}` : `${registry}/${path}@${digest}`,
    referenceWithTag: `${registry}/${path}:${shownTag}`,
  };
}

/** Undefined where the kind has no containers that Kyverno knows, or no image of its is one. */
export function imagesOf(kind: string, object: JsonObject): JsonObject | undefined {
  const way = podSpecs[kind] ?? (kind === 'Pod' ? ['spec'] : undefined);
  if (!way) return undefined;
  const spec = objectAt(object, ...way);
  const found = ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => {
    const images = listAt(spec, list)
      .filter(isObject)
      .flatMap((container) => {
        const image = readImage(textAt(container, 'image') ?? '');
        return image ? [[textAt(container, 'name') ?? '', image] as const] : [];
      });
    return images.length > 0 ? [[list, Object.fromEntries(images)] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

const template = ['spec', 'template', 'spec'];
const podSpecs: Record<string, string[]> = {
  DaemonSet: template,
  Deployment: template,
  Job: template,
  ReplicaSet: template,
  ReplicationController: template,
  StatefulSet: template,
  CronJob: ['spec', 'jobTemplate', ...template],
};
