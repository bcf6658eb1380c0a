import { textAt } from '../../base/index.ts';
import { type Unverified, unverifiedChart } from '../../source/index.ts';
import { firstLine } from '../helm/chart.ts';
import type { RenderedObject } from '../types.ts';
import type { Change, Settled } from './settle-objects.ts';

/**
 * What is not known of objects that differ each time, at the template or the entry that makes each. Where
 * names differ, or which objects there are, the chart could hold any other.
 * @param calls the functions that make it so.
 * @param charts the folders of the charts that could.
 */
export function unverifiedChanges(
  { changes, others }: Pick<Settled<unknown>, 'changes' | 'others'>,
  objects: readonly RenderedObject[],
  calls: readonly string[],
  charts: readonly string[],
): Unverified[] {
  const because = `calls of ${calls.map((call) => `\`${call}\``).join(', ')} in its chart make it differ each time`;
  const fields = changes.flatMap(({ at, values, shapes }) => {
    const object = objects[at];
    // One of another name is another one, which the chart could hold.
    const others = values.filter((path) => !isName(path));
    if (object === undefined || others.length + shapes.length === 0) return [];
    return [unverifiedFields({ at, values: others, shapes }, object, because)];
  });
  const wholes = charts.map((directory): Unverified => {
    const why = `the names or the number of its ${others.join(', ')} differ: ${because}`;
    return {
      ...unverifiedChart(
        { directory },
        why,
        firstLine(directory === '.' ? 'Chart.yaml' : `${directory}/Chart.yaml`),
      ),
      kinds: others,
    };
  });
  return others.length > 0 ? [...fields, ...wholes] : fields;
}

function unverifiedFields(
  { values, shapes }: Change,
  { value, origin }: RenderedObject,
  because: string,
): Unverified {
  const kind = textAt(value, 'kind') ?? '';
  const name = textAt(value, 'metadata', 'name') ?? '';
  const paths = [...new Set([...values, ...shapes].map((path) => path.join('.') || 'its fields'))];
  const shown =
    paths.length > maxShown ? [...paths.slice(0, maxShown), `${paths.length - maxShown} more`] : paths;
  const { file, line, column, endLine, endColumn } = origin;
  return {
    kind: 'partial',
    what: `${kind}/${name}: ${shown.join(', ')}`,
    why: because,
    origin: { file, line, column, endLine, endColumn },
    object: { kind, name },
    fields: [...new Set([...shapes, ...values.filter(isPlacing)].flatMap((path) => derivedFrom(path)))],
    values,
  };
}

function isName([top, field, ...inner]: readonly string[]): boolean {
  return top === 'metadata' && (field === 'name' || field === 'namespace') && inner.length === 0;
}

/** What Argo CD and Helm read of an object, so that more than itself follows from it. */
function isPlacing(path: readonly string[]): boolean {
  return path[0] === 'metadata' && /argoproj\.io|helm\.sh/.test(path.at(-1) ?? '');
}

function derivedFrom(path: readonly string[]): string[] {
  if (path.length === 0) return ['*'];
  const last = path.at(-1) ?? '';
  return isPlacing(path) ? ['wave', 'waveSet', 'phase', last] : [last];
}

const maxShown = 3;
