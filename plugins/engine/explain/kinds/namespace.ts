import { compareText } from '../../../base/index.ts';
import { deployersInto } from '../../../model/index.ts';
import { referenceCell, textCell } from '../../../views/index.ts';
import { anyCommands } from './any-kind.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { inNamespace, shellLine } from './shell.ts';

/** Who deploys into a namespace, and what is in it. */
export const namespace: KindFacts = {
  is: ({ group, kind }) => group === '' && kind === 'Namespace',
  answers({ name }, { platform: { model }, nameOf }) {
    const inside = model.resources.filter((one) => one.namespace === name);
    const kinds = [...Map.groupBy(inside, ({ kind }) => kind)].sort(([a], [b]) => compareText(a, b));
    return [
      ...answer(
        'deploysInto',
        deployersInto(name, model).map(({ id }) => referenceCell(nameOf(id), id)),
      ),
      ...answer(
        'holds',
        kinds.map(([kind, all]) => textCell(`${all.length} ${kind}`)),
      ),
    ];
  },
  commands: (resource) => [
    ...command(shellLine('kubectl', 'get', 'all', ...inNamespace(resource.name)), 'command.all'),
    ...command(
      shellLine('kubectl', 'events', ...inNamespace(resource.name), '--types=Warning'),
      'command.warnings',
    ),
    ...anyCommands(resource),
  ],
};
