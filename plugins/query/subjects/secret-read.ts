import type { SecretRead } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Places that read a Secret. */
export const secretRead: SubjectType<SecretRead> = {
  one: 'read of a Secret',
  many: 'reads of Secrets',
  title: 'Reads of Secrets',
  intro: 'A row for each place that reads a Secret. The resource is the one that reads.',
  list: {
    name: 'secretReads',
    says: 'every place that reads a Secret',
    example: "secretReads.all(r, r.verdict != 'missing-key')",
  },
  recordsOf: ({ secretReads }) => secretReads,
  resourceOf: (record, { resource }) => resource(record.reader),
  nameOf: ({ at }, reference) => `${reference ?? 'a resource'} in ${at}`,
  originOf: ({ origin }) => origin,
  placeOf: ({ origin }) => origin,
  fields: [
    field('reader', 'text', 'id of the resource that reads', "reader != ''"),
    field('secret', 'map', '`namespace`, `name`, `id` of the Secret', "secret.name != ''"),
    field(
      'way',
      'text',
      '`env`, `envFrom`, `volume`, `pull`, `tls`, `store`, `reference`; `mention` where only values of a chart that is not rendered name it',
      "way != ''",
    ),
    field('at', 'text', 'where: `app/env/PASSWORD`, or a path', "at != ''"),
    field(
      'keys',
      'list of texts or null',
      'that it needs; null where it takes what is there',
      'keys == null',
    ),
    field('optional', 'true or false', 'goes on without it', '!optional'),
    field(
      'verdict',
      'text',
      'what it finds: `ok`, `missing-key`, `optional-missing`, `unknown`',
      "verdict != 'missing-key'",
    ),
    field('lacks', 'list of texts', 'keys of these that are surely not there', 'lacks.size() == 0'),
    field(
      'rotated',
      'text',
      'when the Secret changes: `keeps` the old values until it is started anew, `restarts`, `sees` the new ones, `unknown` of a mention',
      "rotated != 'restarts'",
    ),
    field('makers', 'list of texts', 'ids of what makes the Secret', 'makers.size() >= 0'),
    field(
      'secretKeys',
      'map or null',
      'what is known of its keys: `sure`, `maybe`, `open`; null where nothing here makes it',
      'secretKeys == null || secretKeys.sure.size() >= 0',
    ),
    field('owned', 'true or false', 'a controller holds on to the Secret', 'owned || !owned'),
  ],
};
