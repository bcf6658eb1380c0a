import { code, list, reference, text } from '../cells.ts';
import { createLookup, nameOf } from '../row-lookup.ts';
import type { TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** How secrets come into the cluster; names and keys only, never a value. */
export const secrets: TableView = {
  name: 'secrets',
  title: 'Secrets',
  summary: 'Every external secret: the store it reads, the Secret it writes, with which keys and how.',
  subject: 'secret',
  columns: [
    { name: 'secret', label: 'Secret', says: 'the Secret that is written' },
    { name: 'namespace', label: 'Namespace' },
    { name: 'externalSecret', label: 'External secret', cel: 'name', says: 'its name' },
    { name: 'store', label: 'Store', cel: 'store.name', says: 'its name' },
    { name: 'creationPolicy', label: 'Creation' },
    { name: 'refresh', label: 'Refresh' },
    { name: 'keys', label: 'Keys', cel: 'keys.map(k, k.key)', says: 'of the Secret' },
    { name: 'effect', label: 'Effect', hidden: true, says: 'what becomes of the Secret' },
    {
      name: 'provides',
      label: 'Keys of the Secret',
      cel: 'secretKeys.sure',
      hidden: true,
      says: '`…` where there may be more',
    },
    { name: 'readers', label: 'Readers', hidden: true, says: 'what reads the Secret' },
    {
      name: 'pushed',
      label: 'Pushed to',
      cel: 'pushes.map(p, p.remote)',
      hidden: true,
      says: 'where PushSecrets write it',
    },
    { name: 'deletionPolicy', label: 'Deletion', hidden: true },
    { name: 'remote', label: 'Remote keys', hidden: true, says: 'keys that are read from the store' },
    { name: 'application', label: 'Application', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('secret').flatMap((subject): ViewRow[] => {
      const { record } = subject;
      const { store, target } = record;
      const cells = {
        store:
          store.id === null
            ? { ...saidCell('cell.noSuch', { name: store.name, kind: store.kind }), tone: 'warn' as const }
            : reference(store.name, store.id),
        externalSecret: reference(nameOf(platform, record.externalSecret), record.externalSecret),
        secret: reference(target.name, platform.resource(target.id) === undefined ? null : target.id),
        namespace: lookup.namespaceCell(target.namespace),
        creationPolicy: text(record.creationPolicy),
        refresh: text(record.refreshInterval),
        keys: list(record.keys.map((one) => code(one.key))),
        effect: text(record.reason === null ? record.effect : `${record.effect}: ${record.reason}`),
        provides: list([
          ...record.secretKeys.sure.map((key) => code(key)),
          ...(record.secretKeys.open || record.secretKeys.maybe.length > 0 ? [text('…')] : []),
        ]),
        readers: list(record.readers.map((id) => reference(nameOf(platform, id), id))),
        pushed: list(
          record.pushes.map(({ pushSecret, store, remote }) => reference(`${store}: ${remote}`, pushSecret)),
        ),
        deletionPolicy: text(record.deletionPolicy),
        remote: list(record.keys.map((one) => code(one.remote))),
        application: lookup.applicationCell(subject.resource?.application ?? null),
      };
      return [{ id: record.externalSecret, subject, cells, origin: record.origin }];
    });
  },
};
