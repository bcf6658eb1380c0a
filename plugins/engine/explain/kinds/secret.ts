import { posix } from 'node:path';
import { uniqueBy } from '../../../base/index.ts';
import type { Model } from '../../../model/index.ts';
import { type Cell, referenceCell, textCell } from '../../../views/index.ts';
import type { Context } from '../indexes.ts';
import { saidCell } from './cells.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { kubectlTarget, shellLine } from './shell.ts';

/** Which store a Secret comes from, how often it is fetched, and who reads it. */
export const secret: KindFacts = {
  is: ({ group, kind }) => group === '' && kind === 'Secret',
  answers({ id, labels }, { secrets, secretReads, nameOf }) {
    const flows = (secrets.get(id) ?? []).filter(({ target }) => target.id === id);
    const reads = (secretReads.get(id) ?? []).filter((read) => read.secret.id === id);
    const stores = new Map(flows.map(({ store }) => [`${store.kind}/${store.name}`, store.id]));
    const isMention = ({ way }: { way: string }) => way === 'mention';
    const readers = new Set(reads.filter((read) => !isMention(read)).map(({ reader }) => reader));
    return [
      ...answer(
        'readBy',
        [...readers].map((one) => referenceCell(nameOf(one), one)),
      ),
      ...answer('argoCd', argoCdCell(labels[typeLabel], readers.size > 0)),
      // Whether it is read there only the chart knows.
      ...answer(
        'namedIn',
        reads.filter(isMention).map(({ origin }) => ({
          ...textCell(`${posix.basename(origin.file)}:${origin.line}`),
          place: origin,
        })),
      ),
      ...answer(
        'store',
        [...stores].map(([name, store]) => referenceCell(name, store)),
      ),
      ...answer('refresh', refreshCells(flows, nameOf)),
    ];
  },
  // Neither shows a value.
  commands: (resource, { secrets, platform }) => [
    ...command(shellLine('kubectl', 'describe', ...kubectlTarget(resource)), 'command.keys'),
    ...uniqueBy(
      (secrets.get(resource.id) ?? []).flatMap(({ externalSecret }) => {
        const maker = platform.resource(externalSecret);
        return maker === undefined
          ? []
          : command(shellLine('kubectl', 'describe', ...kubectlTarget(maker)), 'command.fetched');
      }),
      ({ text }) => text,
    ).slice(0, 3),
    ...command(
      shellLine('kubectl', 'get', ...kubectlTarget(resource), '-o', "jsonpath='{.metadata.ownerReferences}'"),
      'command.holder',
    ),
  ],
};

/** How often it is fetched; each by its name where they are not fetched alike. */
function refreshCells(flows: Model['secrets'], nameOf: Context['nameOf']): Cell[] {
  const all = new Set(flows.map(({ refreshInterval }) => refreshInterval));
  if (all.size < 2) return [...all].map(textCell);
  return flows.map(({ externalSecret, refreshInterval }) =>
    referenceCell(`${refreshInterval} (${nameOf(externalSecret)})`, externalSecret),
  );
}

/** What a Secret is that Argo CD finds by its label. */
function argoCdCell(type: string | undefined, isRead: boolean): Cell | null {
  if (type === undefined) return null;
  return isRead ? textCell(type) : saidCell({ key: 'cell.argoCdUnknown', values: { type } });
}

const typeLabel = 'argocd.argoproj.io/secret-type';
