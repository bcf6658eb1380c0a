import { stringify } from 'yaml';
import type { Resource } from '../../model/index.ts';
import { fenced } from './fence.ts';

/** A resource as the cluster gets it, in a fence under its file and line; of a long one the beginning. */
export function manifest(resource: Resource): string {
  const lines = stringify(resource.rendered, { lineWidth: 0 }).trimEnd().split('\n');
  const shown = lines.slice(0, longestManifest);
  const rest = lines.length - shown.length;
  // In the first line of a fence a line's end, a quote or a backtick would end more than the title.
  const title = `${resource.origin.file}:${resource.origin.line}`.replaceAll(/["`\\]|\p{C}|\p{Z}/gu, ' ');
  const notes = [
    ...(resource.kind === 'Secret'
      ? ['The keys alone: Plumbline drops the values of a Secret as it reads them.']
      : []),
    ...(rest > 0 ? [`${rest} more lines are in the source.`] : []),
  ];
  return [fenced(shown.join('\n'), `yaml title="${title}"`), ...notes].join('\n\n');
}

/** Lines of YAML on a page: a dashboard of ten thousand helps nobody. */
const longestManifest = 400;
