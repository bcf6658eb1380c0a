import { nearest } from '../base/index.ts';
import { isRule, rules, suggestion } from '../checks/index.ts';
import { type Config, ConfigError } from '../source/index.ts';

/**
 * A severity for an unknown rule would silently change nothing.
 * @throws ConfigError with the nearest rule.
 */
export function rejectUnknownRules({ severity, file }: Config): void {
  const unknown = Object.keys(severity).find((name) => !isRule(name));
  if (unknown === undefined) return;
  const names = Object.keys(rules);
  throw new ConfigError(
    `\`${file ?? 'plumbline.yaml'}\` is wrong at \`severity.${unknown}\`: there is no rule of that name`,
    suggestion(nearest(unknown, names), names) ?? `rules: ${names.join(', ')}`,
  );
}
