import { isObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import { textCell } from '../../../views/index.ts';
import { anyCommands } from './any-kind.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { named, shellLine } from './shell.ts';

/** The kind that a CustomResourceDefinition brings, its versions, and how many of it are here. */
export const definition: KindFacts = {
  is: ({ group, kind }) => group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition',
  answers({ rendered }, { platform: { model } }) {
    const spec = objectAt(rendered, 'spec');
    const group = textAt(spec, 'group');
    const kind = textAt(spec, 'names', 'kind');
    const versions = listAt(spec, 'versions').filter(isObject);
    const here = model.resources.filter((one) => one.group === group && one.kind === kind);
    return [
      ...answer('defines', kind === undefined ? null : { ...textCell(`${kind}.${group}`), code: true }),
      ...answer('versions', versions.flatMap((one) => textAt(one, 'name') ?? []).map(textCell)),
      ...answer('scope', textCell(textAt(spec, 'scope'))),
      ...answer('objects', textCell(String(here.length))),
    ];
  },
  commands: (resource) => [
    ...command(shellLine('kubectl', 'get', named(resource.name), '--all-namespaces'), 'command.ofKind'),
    ...anyCommands(resource),
  ],
};
