/** What an ArtifactGenerator (`source.extensions.fluxcd.io`) copies together, where it is one folder. */
import { posix } from 'node:path';
import { type JsonValue, listAt, textAt } from '../../base/index.ts';
import type { KnownObjects } from '../deployers/known-objects.ts';
import type { SourceReference } from './source-reference.ts';

/**
 * The source and folder that an artifact is a part of, so that its paths are paths below the folder: every
 * copy is of a folder of one source, to the place below the artifact that it has below that folder. Null
 * where it is made otherwise, or nobody is seen to make it.
 */
export function artifactFolder(
  { namespace, name, near }: SourceReference,
  objects: KnownObjects,
): { source: SourceReference; folder: string } | null {
  for (const generator of objects.all('ArtifactGenerator')) {
    if ((textAt(generator, 'metadata', 'namespace') || namespace) !== namespace) continue;
    const artifact = listAt(generator, 'spec', 'artifacts').find((one) => textAt(one, 'name') === name);
    if (artifact === undefined) continue;
    const copies = listAt(artifact, 'copy').map(copyOf);
    const [first] = copies;
    if (first === undefined || first === null) return null;
    if (!copies.every((one) => one?.alias === first.alias && one.folder === first.folder)) return null;
    const source = listAt(generator, 'spec', 'sources').find((one) => textAt(one, 'alias') === first.alias);
    if (source === undefined) return null;
    return {
      source: {
        kind: textAt(source, 'kind') ?? '',
        namespace: textAt(source, 'namespace') || namespace,
        name: textAt(source, 'name') ?? '',
        near,
      },
      folder: first.folder,
    };
  }
  return null;
}

/** `@alias/apps/base/**` to `@artifact/base/` is below `apps`. */
function copyOf(copy: JsonValue): { alias: string; folder: string } | null {
  const [, alias = '', from = ''] = /^@([^/]+)\/(.*)\/\*\*$/.exec(textAt(copy, 'from') ?? '') ?? [];
  const [, to] = /^@artifact\/(.*)$/.exec(textAt(copy, 'to') ?? '') ?? [];
  if (alias === '' || to === undefined || /[*?[\]{}]/.test(from) || listAt(copy, 'exclude').length > 0)
    return null;
  const below = posix.join('/', to).replace(/\/$/, '');
  const whole = posix.join('/', from).replace(/\/$/, '');
  return whole.endsWith(below) ? { alias, folder: whole.slice(1, whole.length - below.length) || '.' } : null;
}
