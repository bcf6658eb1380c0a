import { join } from 'node:path';
import { entryAt, isObject, readPlainFile } from '../../base/index.ts';
import { readYaml } from '../../base/yaml-value.ts';
import { pagesUnder } from '../../markdown/index.ts';

/**
 * The folder of a repository's pages, relative to its root, by what its site says or where they usually lie;
 * null where none of these holds a page.
 */
export async function findDocs(root: string): Promise<string | null> {
  for (const folder of [...mkdocsFolders(root), ...usual]) {
    const path = join(root, folder);
    if (entryAt(path)?.isDirectory() && (await pagesUnder(path, root)).length > 0) return folder;
  }
  return null;
}

/** What `docs_dir` of MkDocs says. Its files may hold tags of Python, which are nobody's business here. */
function mkdocsFolders(root: string): string[] {
  const text = readPlainFile(join(root, 'mkdocs.yml')) ?? readPlainFile(join(root, 'mkdocs.yaml'));
  const line = /^docs_dir:.*$/m.exec(text ?? '')?.[0];
  if (line === undefined) return [];
  const read = readYaml(line);
  const folder = isObject(read) ? read.docs_dir : null;
  return typeof folder === 'string' && /^[\w-][\w./-]*$/.test(folder) && !folder.includes('..')
    ? [folder.replace(/\/+$/, '')]
    : [];
}

const sites = ['.', 'docs', 'website', 'site'];
const usual = [...sites.map((site) => join(site, 'src/content/docs')), 'docs', 'doc', 'documentation'];
