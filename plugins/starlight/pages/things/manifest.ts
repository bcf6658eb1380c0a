import { stringify } from 'yaml';
import type { Resource } from '../../../model/index.ts';
import type { Speech } from '../../../words/index.ts';
import { fenced } from '../fence.ts';

/** A resource as the cluster gets it, in a fence under its file and line; of a long one the beginning. */
export function manifest(resource: Resource, { say }: Speech): string {
  const lines = stringify(resource.rendered, { lineWidth: 0 }).trimEnd().split('\n');
  const shown = lines.slice(0, longestManifest);
  const rest = lines.length - shown.length;
  // In the first line of a fence a line's end, a quote or a backtick would end more than the title.
  const title = `${resource.origin.file}:${resource.origin.line}`.replaceAll(/["`\\]|\p{C}|\p{Z}/gu, ' ');
  const notes = [
    ...(resource.kind === 'Secret' ? [say('resource.secretKeys')] : []),
    ...(rest > 0 ? [say('resource.moreLines', { count: rest })] : []),
  ];
  return [fenced(shown.join('\n'), `yaml title="${title}"`), ...notes].join('\n\n');
}

/** Lines of YAML on a page: a dashboard of ten thousand helps nobody. */
const longestManifest = 400;
