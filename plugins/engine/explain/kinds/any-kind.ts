import type { Resource } from '../../../model/index.ts';
import type { Command } from '../explanation.ts';
import { command } from './kind-facts.ts';
import { kubectlTarget, shellLine } from './shell.ts';

/** What looks at any object of a cluster. */
export function anyCommands(resource: Resource): Command[] {
  const target = kubectlTarget(resource);
  return [
    ...command(shellLine('kubectl', 'get', ...target, '-o', 'yaml'), 'command.get'),
    ...command(shellLine('kubectl', 'describe', ...target), 'command.describe'),
  ];
}
