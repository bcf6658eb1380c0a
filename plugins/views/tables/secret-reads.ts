import type { SecretRead } from '../../model/index.ts';
import type { WordKey } from '../../words/index.ts';
import { code, nothing, reference, text } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** Who breaks if a Secret is rotated: one row a place that reads it and key. */
export const secretReads: TableView = {
  name: 'secret-reads',
  title: 'Readers of Secrets',
  summary:
    'Who reads which key of which Secret, where, what each finds there, and what it does when the Secret is rotated.',
  subject: 'secretread',
  columns: [
    { name: 'secret', label: 'Secret', cel: 'secret.name', says: 'the Secret that is read' },
    { name: 'namespace', label: 'Namespace', cel: 'secret.namespace', says: 'of the Secret' },
    { name: 'key', label: 'Key', cel: 'keys', says: 'one that is read; empty for whatever is there' },
    { name: 'reader', label: 'Reader', says: 'what reads it' },
    { name: 'at', label: 'Where', says: 'the place in it, or the value of a chart that names the Secret' },
    { name: 'finds', label: 'Finds', cel: 'verdict', says: 'whether the key is there' },
    { name: 'rotated', label: 'If rotated', says: 'what the reader does when the Secret changes' },
    { name: 'way', label: 'Way', hidden: true, says: 'how: by a variable, a file, a listener, …' },
    { name: 'kind', label: 'Kind', hidden: true, says: 'of what reads it' },
    { name: 'application', label: 'Application', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('secretread').flatMap((subject): ViewRow[] => {
      const { record, resource } = subject;
      const { secret, origin } = record;
      const named = resource ? platform.referenceOf(resource) : record.reader;
      return (record.keys ?? [null]).map((key) => {
        const cells = {
          secret: reference(secret.name, secret.id),
          namespace: lookup.namespaceCell(secret.namespace),
          key: key === null ? nothing() : code(key),
          reader: reference(named, record.reader),
          at: { ...text(record.at), place: origin },
          finds: findsCell(record, key),
          rotated: saidCell(rotations[record.rotated]),
          way: text(record.way),
          kind: text(resource?.kind ?? null),
          application: lookup.applicationCell(resource?.application ?? null),
          stack: text(resource?.stack ?? null),
        };
        const place = `${secret.namespace ?? ''}/${secret.name}#${key ?? ''}#${origin.file}:${origin.line}`;
        const id = `${record.reader}#${record.at}#${place}`;
        return { id, subject, cells, origin };
      });
    });
  },
};

/** Of one key of several the others may be the ones that are not there. */
function findsCell({ verdict, lacks, optional }: SecretRead, key: string | null): Cell {
  if (verdict === 'unknown') return { ...saidCell('cell.notVerified'), tone: 'warn' };
  const isThere = verdict === 'ok' || (key !== null && lacks.length > 0 && !lacks.includes(key));
  if (isThere) return { ...saidCell('cell.there'), tone: 'good' };
  return optional ? saidCell('cell.goesOnWithout') : { ...saidCell('cell.notThere'), tone: 'bad' };
}

const rotations: Record<SecretRead['rotated'], WordKey> = {
  keeps: 'cell.keepsOld',
  restarts: 'cell.isRestarted',
  sees: 'cell.takesNew',
  unknown: 'cell.chartMayRead',
};
