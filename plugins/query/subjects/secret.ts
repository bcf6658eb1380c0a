import type { SecretFlow } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Ways of a secret from a store to the cluster. */
export const secret: SubjectType<SecretFlow> = {
  one: 'external secret',
  many: 'external secrets',
  title: 'Secrets',
  list: { name: 'secrets', says: 'every ExternalSecret', example: 'secrets[0].store.name' },
  recordsOf: ({ secrets }) => secrets,
  resourceOf: ({ externalSecret }, { resource }) => resource(externalSecret),
  nameOf: (_, reference) => reference ?? 'secret',
  originOf: ({ origin }) => origin,
  paths: {
    store: ['spec', 'secretStoreRef'],
    target: ['spec', 'target'],
    creationPolicy: ['spec', 'target', 'creationPolicy'],
    deletionPolicy: ['spec', 'target', 'deletionPolicy'],
    refreshInterval: ['spec', 'refreshInterval'],
    keys: ['spec', 'data'],
  },
  shownAs: {
    secret: 'target.name',
    refresh: 'refreshInterval',
    remote: 'keys.map(k, k.remote)',
  },
  fields: [
    field('externalSecret', 'text', 'id of the ExternalSecret', "externalSecret != ''"),
    field('store', 'map', '`kind`, `name`, `id`', "store.name == 'vault'"),
    field('target', 'map', '`name`, `namespace`, `id` of the Secret', "target.name != ''"),
    field('creationPolicy', 'text', '`Owner`, `Merge`, …', "creationPolicy == 'Merge'"),
    field('deletionPolicy', 'text', '`Retain`, `Delete`, …', "deletionPolicy == 'Retain'"),
    field('refreshInterval', 'text', 'as written', "refreshInterval == '1h'"),
    field('keys', 'list of maps', '`key` and `remote`', 'keys.size() > 0'),
    field(
      'effect',
      'text',
      'what becomes of the Secret: `creates`, `merges`, `waits`, `conflict`, …',
      "effect == 'creates'",
    ),
    field(
      'reason',
      'text or null',
      'why it is refused, in a word: `store-denied`, `other-owner`, …',
      'reason == null',
    ),
    field(
      'secretKeys',
      'map',
      'keys that it gives the Secret: `sure`, `maybe`, and whether any other may be (`open`)',
      '!secretKeys.open',
    ),
    field('readers', 'list of texts', 'ids of those that read the Secret', 'readers.size() >= 0'),
    field(
      'pushes',
      'list of maps',
      'where PushSecrets write it: `pushSecret`, `store`, `remote`',
      'pushes.size() == 0',
    ),
  ],
};
