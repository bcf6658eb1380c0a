import { posix } from 'node:path';
import type { Place } from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import { type Chart, firstLine } from './chart.ts';
import { fileOfTemplate } from './templates.ts';

/** Where Helm sees the fault that it tells of, in a file of the chart; undefined where it names none. */
export function placeOfFault(message: string, chart: Chart, repository: Repository): Place | undefined {
  const [, file, line, column] =
    message.match(/\(?([\w.@-]+\/[\w./@-]+\.(?:ya?ml|tpl|txt|json)):(\d+)(?::(\d+))?/) ??
    // The line is one of what the template makes.
    message.match(/YAML parse error on ([\w./@-]+)/) ??
    [];
  if (file !== undefined)
    return placeIn(fileOfTemplate(file, chart), { line: Number(line ?? 1), column }, repository);
  const [, values, at] = message.match(/cannot load ([\w.-]+\.ya?ml):.*?\bline (\d+)/) ?? [];
  return values === undefined
    ? undefined
    : placeIn(posix.join(chart.directory, values), { line: Number(at) }, repository);
}

/** The whole action where a column of one is named, as Go counts them: bytes from 0. */
function placeIn(file: string, { line, column }: At, repository: Repository): Place | undefined {
  const text = repository.file(file)?.text;
  if (text === undefined) return undefined;
  const place = firstLine(file, line);
  const written = text.split('\n')[line - 1] ?? '';
  if (column === undefined) return place;
  const offset = Buffer.from(written).subarray(0, Number(column)).toString().length;
  const start = written.lastIndexOf('{{', offset);
  const end = written.indexOf('}}', offset);
  return start < 0 || end < 0 ? place : { ...place, column: start + 1, endColumn: end + 3 };
}

interface At {
  line: number;
  column?: string | undefined;
}
