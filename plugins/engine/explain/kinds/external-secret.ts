import { type Cell, referenceCell, textCell } from '../../../views/index.ts';
import { saidCell } from './cells.ts';
import { answer, type KindFacts } from './kind-facts.ts';

/** Which Secret is written, which key of it is read where in the store, and how often. */
export const externalSecret: KindFacts = {
  is: ({ group, kind }) => group === 'external-secrets.io' && kind === 'ExternalSecret',
  answers({ id }, { secrets, nameOf }) {
    const flows = (secrets.get(id) ?? []).filter((flow) => flow.externalSecret === id);
    return flows.flatMap(({ target, store, keys, refreshInterval }) => [
      ...answer('writes', referenceCell(nameOf(target.id), target.id)),
      ...answer('keys', keys.map(keyCell)),
      ...answer('store', referenceCell(`${store.kind}/${store.name}`, store.id)),
      ...answer('refresh', textCell(refreshInterval)),
    ]);
  },
};

function keyCell({ key, remote }: { key: string; remote: string }): Cell {
  return key === '*'
    ? saidCell({ key: 'secret.everyKeyFrom', values: { remote } })
    : { text: `${key} ← ${remote}`, code: true };
}
