import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { isObject, type JsonValue } from '../../plugins/base/index.ts';
import { readYaml } from '../../plugins/base/yaml-value.ts';
import type { Resource, TriedDependency } from '../../plugins/model/index.ts';
import { UsageError } from './exit-failure.ts';
import { visible } from './print-lines.ts';

/**
 * The data of an event out of a file of JSON or YAML.
 * @throws UsageError where there is none, or the resource is no Sensor
 */
export function eventFrom(file: string, resource: Resource): JsonValue {
  if (resource.group !== 'argoproj.io' || resource.kind !== 'Sensor')
    throw new UsageError(`\`--event\` is for a Sensor, and this is a ${resource.kind}`, 'name a Sensor');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`there is no file \`${file}\``, '`--event` takes a file with the data of an event');
  }
  const value = readYaml(text);
  if (!isObject(value))
    throw new UsageError(
      `\`${file}\` holds no object`,
      'it is JSON or YAML, such as `{"body": {"action": "opened"}}`',
    );
  return value;
}

/** What a sensor would do with it, a dependency after the other. */
export function describeEvent(reference: string, tried: readonly TriedDependency[]): string {
  const lines = tried.flatMap(({ dependency, hears, passes, why, triggers }) => [
    `  ${dependency}: ${hears ? '' : 'no source gives it; '}${passesWords(passes)}${why === null ? '' : `: ${why}`}`,
    ...triggers.flatMap(({ trigger, fires, waitsFor, object, why: fault }) => [
      `    ${trigger} ${firesWords(fires)}${waitsFor.length === 0 ? '' : `, once ${waitsFor.map((set) => set.join(' and ')).join(' or ')} has come`}${fault === null ? '' : `: ${fault}`}`,
      ...(object === null || fires === false
        ? []
        : stringify(object, { lineWidth: 0 })
            .trimEnd()
            .split('\n')
            .map((line) => `      ${line}`)),
    ]),
  ]);
  return `${[visible(reference), ...lines.map(visible)].join('\n')}\n`;
}

function passesWords(passes: boolean | null): string {
  if (passes === null) return 'not known whether it passes the filters';
  return passes ? 'passes the filters' : 'does not pass the filters';
}

function firesWords(fires: boolean | null): string {
  if (fires === null) return 'may fire';
  return fires ? 'fires' : 'does not fire';
}
