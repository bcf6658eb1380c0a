import type { ApplicationSet } from '../../model/index.ts';
import { code, list, reference, text } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** ApplicationSets with what they watch and what they make of it. */
export const applicationsets: TableView = {
  name: 'applicationsets',
  title: 'ApplicationSets',
  summary: 'Every ApplicationSet: the folders it watches, its project and the applications it generates.',
  subject: 'applicationset',
  columns: [
    { name: 'name', label: 'ApplicationSet' },
    { name: 'project', label: 'Project' },
    { name: 'watches', label: 'Watches', says: 'folders, and those left out' },
    { name: 'applications', label: 'Applications' },
    { name: 'namespace', label: 'Namespace', hidden: true },
    { name: 'count', label: 'Count', align: 'right', hidden: true, says: 'how many applications' },
    { name: 'file', label: 'File', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('applicationset').flatMap((subject): ViewRow[] => {
      const set = subject.record;
      const cells = {
        name: reference(set.name, set.id),
        project: lookup.projectCell(set.project),
        watches: list(set.generators.flatMap(generatorCells)),
        applications: applicationsCell(set, lookup.applicationCell),
        namespace: text(set.namespace),
        count: text(set.applications.length),
        file: { ...code(set.origin.file), place: set.origin },
      };
      return [{ id: set.id, subject, cells, origin: set.origin }];
    });
  },
};

function generatorCells(generator: ApplicationSet['generators'][number]): Cell[] {
  if (generator.paths.length === 0)
    return [{ ...saidCell('cell.generator', { type: generator.type }), place: generator.origin }];
  return [
    ...generator.paths.map((path): Cell => ({ ...code(path), place: generator.origin })),
    ...generator.exclude.map(
      (path): Cell => ({ ...saidCell('cell.not', { what: path }), place: generator.origin, tone: 'muted' }),
    ),
  ];
}

function applicationsCell(set: ApplicationSet, cell: (name: string) => Cell): Cell {
  const known = set.applications.map(cell);
  return list(
    set.unverified === null ? known : [...known, { ...saidCell('cell.notAllKnown'), tone: 'warn' }],
  );
}
