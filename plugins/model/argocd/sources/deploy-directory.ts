/** Sources that are plain files. */
import { type JsonObject, textAt } from '../../../base/index.ts';
import type { Place, SourceFile } from '../../../source/index.ts';
import type { DeployedObject, DeploymentContext, Single } from './deployment-types.ts';
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
    const file = context.sources.files.get(folder === '.' ? name : `${folder}/${name}`);
    return file ? [{ name, file, text: file.text }] : [];
  });
  const tooMuch = combinedSizeFault(selected);
  if (tooMuch !== null) single.errors.push(tooMuch);
  for (const { name, file } of selected) {
    if (name.endsWith('.jsonnet')) {
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
      count: name.endsWith('.json') && file.documents.length > 1 && !isJson(file.text) ? 2 : 1,
    });
    if ('error' in read) single.errors.push(read.error);
    // Argo CD gives up on the whole application there; what can be read of the file is shown beside the fault.
    const documents = 'error' in read ? file.documents : read.documents;
    if (documents.length === 0) continue;
    single.files.push(file.path);
    single.objects.push(...objectsOf({ ...file, documents }));
  }
  return single;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The objects of a file, as written. Argo CD leaves out what has no kind. */
export function objectsOf(file: SourceFile): DeployedObject[] {
  return file.documents.flatMap((document) =>
    expandList(document.value)
      .filter((value) => textAt(value, 'kind') !== undefined && textAt(value, 'apiVersion') !== undefined)
      .map((value) => ({
        value,
        origin: { ...document.place, document: document.index, via: [] },
        kustomized: false,
      })),
  );
}
