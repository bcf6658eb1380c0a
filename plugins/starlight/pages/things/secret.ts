import { h } from 'hastscript';
import type { Explanation } from '../../../engine/index.ts';
import { type Content, listElement } from '../../../remark/index.ts';
import type { WordKey } from '../../../words/index.ts';
import { place, refById, table } from '../html.ts';
import type { Section, Thing, ThingKind } from './thing.ts';

/** Which key comes from where, and who reads it. */
export const secret: ThingKind = {
  is: ({ group, kind }) => group === '' && kind === 'Secret',
  sections: (thing) => [...keysSection(thing), ...readersSection(thing)],
};

function keysSection({ explanation, page }: Thing): Section[] {
  const { say } = page.speech;
  const flows = explanation.secrets.filter(({ secretId }) => secretId === explanation.id);
  const rows = flows.flatMap((flow) =>
    flow.keys.map(({ key, remote }) => ({
      id: `${flow.externalSecretId} ${key}`,
      cells: [
        key === '*' ? say('secret.everyKey') : h('code', key),
        h('code', remote),
        refById(flow.externalSecretId, page, flow.externalSecret),
        flow.storeId === null ? flow.store : refById(flow.storeId, page, flow.store),
        flow.refreshInterval,
        readersOf(explanation, key, { page }),
      ] satisfies Content[],
    })),
  );
  if (rows.length === 0) return [];
  const columns = [
    { name: 'key', label: say('secret.key') },
    { name: 'remote', label: say('secret.remote') },
    { name: 'externalSecret', label: 'ExternalSecret' },
    { name: 'store', label: say('answer.store') },
    { name: 'refresh', label: say('answer.refresh') },
    { name: 'readers', label: say('answer.readBy') },
  ];
  const title = say('secret.keys');
  return [
    {
      title,
      body: table({ view: 'secret-keys', caption: title, isTitled: true, columns, rows }, page.speech),
    },
  ];
}

function readersOf({ secretReads }: Explanation, key: string, { page }: Pick<Thing, 'page'>): Content {
  const readers = secretReads.filter(({ isReader, keys, way }) => {
    const takesIt = keys === null || key === '*' || keys.includes(key);
    return !isReader && way !== 'mention' && takesIt;
  });
  const ids = [...new Set(readers.map(({ readerId }) => readerId))];
  return ids.length === 0 ? '—' : listElement(ids.map((id) => refById(id, page)));
}

/** Each place that reads it, with what becomes of the reader when the Secret changes. */
function readersSection({ explanation, page }: Thing): Section[] {
  const { say } = page.speech;
  const reads = explanation.secretReads.filter(({ isReader }) => !isReader);
  if (reads.length === 0) return [];
  const rows = reads.map((read, index) => ({
    id: `${read.readerId} ${read.at} ${index}`,
    cells: [
      refById(read.readerId, page),
      [h('code', read.at), ...(read.way === 'mention' ? [` ${say('secret.named')}`] : [])],
      read.keys === null ? say('secret.everyKey') : listElement(read.keys.map((key) => h('code', key))),
      say(rotations[read.rotated]),
      place(read.origin, page),
    ] satisfies Content[],
  }));
  const columns = [
    { name: 'reader', label: say('secret.reader') },
    { name: 'at', label: say('secret.where') },
    { name: 'keys', label: say('secret.keys') },
    { name: 'rotated', label: say('secret.rotated') },
    { name: 'origin', label: say('resource.source') },
  ];
  const title = say('answer.readBy');
  return [
    {
      title,
      body: table({ view: 'secret-readers', caption: title, isTitled: true, columns, rows }, page.speech),
    },
  ];
}

const rotations = {
  keeps: 'secret.keeps',
  restarts: 'secret.restarts',
  sees: 'secret.sees',
  unknown: 'cell.unknown',
} as const satisfies Record<string, WordKey>;
