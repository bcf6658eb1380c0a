/** Sources that are plain files. */
import { isObject, type JsonObject, oncePer, textAt } from '../../../base/index.ts';
import { holdsPlaceholder, type Place, type SourceDocument, type SourceFile } from '../../../source/index.ts';
import type { DeployedObject, DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { combinedSizeFault, expandList, objectDocuments } from './directory-objects.ts';
import { selectFiles } from './source-type.ts';

export function deployDirectory(
  folder: string,
  directory: JsonObject,
  names: readonly string[],
  single: Single,
  origin: Place,
  context: DeploymentContext,
): Single {
  const selected = selectFiles(names, directory).flatMap((name) => {
    const file = context.fileAt(folder === '.' ? name : `${folder}/${name}`);
    return file ? [{ name, file, text: file.text }] : [];
  });
  const tooMuch = combinedSizeFault(selected);
  if (tooMuch !== null) single.errors.push({ error: tooMuch, about: 'content' });
  for (const { name, file } of selected) {
    single.reads.push(file.path);
    if (name.endsWith('.jsonnet')) {
      if (context.enabled.Directory === false) continue;
      single.unverified.push({
        kind: 'jsonnet',
        what: `jsonnet ${file.path}`,
        why: 'jsonnet is not evaluated',
        origin,
      });
      continue;
    }
    const read = objectDocuments({
      ...{ name, text: file.text, documents: file.documents, broken: file.role === 'broken' },
      count: name.endsWith('.json') ? countOf(file) : 1,
    });
    if ('error' in read) {
      // Once a set-up step has filled it in, the file may be what it should.
      if (holdsPlaceholder(file.text))
        single.unverified.push({ kind: 'source', what: `file ${file.path}`, why: read.error, origin });
      else single.errors.push({ error: read.error, about: 'content' });
    }
    const documents = 'error' in read ? file.documents : read.documents;
    if (documents.length === 0) continue;
    single.files.push(file.path);
    single.objects.push(...objectsOf({ ...file, documents }));
  }
  return single;
}

/** How many objects a JSON file holds: none where it is a list, or something else that is no object. */
function countOf({ text, documents }: SourceFile): number {
  try {
    return isObject(JSON.parse(text)) ? 1 : 0;
  } catch {
    // Values that are not shown leave gaps in the text: only what was parsed counts.
    return Math.max(documents.length, 1);
  }
}

/** The objects of a file, as written. Argo CD leaves out what has no kind. */
export function objectsOf(file: SourceFile): DeployedObject[] {
  return file.documents.flatMap(objectsIn);
}

/** Worked out once, however many deploy the document. */
const objectsIn = oncePer((document: SourceDocument): DeployedObject[] =>
  expandList(document.value)
    .filter((value) => textAt(value, 'kind') !== undefined && textAt(value, 'apiVersion') !== undefined)
    .map((value) => ({
      value,
      origin: { ...document.place, document: document.index, via: [] },
      kustomized: false,
    })),
);
