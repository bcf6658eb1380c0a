import { isObject, listAt, textAt } from '../../../base/index.ts';
import { referenceCell, textCell } from '../../../views/index.ts';
import { anyCommands } from './any-kind.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { named, shellLine } from './shell.ts';

/** Who runs as a ServiceAccount, and which roles it is bound to. */
export const serviceAccount: KindFacts = {
  is: ({ group, kind }) => group === '' && kind === 'ServiceAccount',
  answers({ id, name, namespace }, { relations, nameOf, platform: { model } }) {
    const users = (relations.get(id) ?? []).filter(({ type, to }) => type === 'runs-as' && to === id);
    const bindings = model.resources.filter(
      ({ group, rendered, namespace: own }) =>
        group === 'rbac.authorization.k8s.io' &&
        listAt(rendered, 'subjects').some(
          (one) =>
            textAt(one, 'kind') === 'ServiceAccount' &&
            textAt(one, 'name') === name &&
            (textAt(one, 'namespace') ?? own) === namespace,
        ),
    );
    return [
      ...answer(
        'usedBy',
        [...new Set(users.map(({ from }) => from))].map((one) => referenceCell(nameOf(one), one)),
      ),
      ...answer(
        'roles',
        bindings.map(({ id: binding, rendered }) => {
          const role = rendered.roleRef;
          const text = isObject(role) ? `${textAt(role, 'kind')}/${textAt(role, 'name')}` : nameOf(binding);
          return { ...textCell(text), ref: binding };
        }),
      ),
    ];
  },
  commands: (resource) => [
    ...(resource.namespace === null
      ? []
      : command(
          shellLine(
            'kubectl',
            'auth',
            'can-i',
            '--list',
            '-n',
            named(resource.namespace),
            '--as',
            named(`system:serviceaccount:${resource.namespace}:${resource.name}`),
          ),
          'command.mayDo',
        )),
    ...anyCommands(resource),
  ],
};
