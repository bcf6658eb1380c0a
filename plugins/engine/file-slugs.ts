import { digestOf } from '../base/index.ts';
import type { Platform } from '../platform/index.ts';
import type { SourceFile } from '../source/index.ts';
import { longestManifest } from './longest-manifest.ts';
import { declaredAt } from './resource-slugs.ts';

/**
 * Slug of the page that shows each file which is no resource of its own (kustomizations, patches, values of
 * charts), by its path: `resources/files/<folder>/<folder>`. None where lines lead to a Git host.
 * @param taken slugs of resources, which keep their addresses.
 */
export function fileSlugs({ sources, model, config }: Platform, taken: Iterable<string>): FileSlugs {
  const slugs = new Map<string, string>();
  if (config.repository.browse !== null) return slugs;
  const known = new Set(taken);
  const lines = new Map<string, number>();
  const resourceAt = declaredAt(model);
  const isShown = ({ path, role, text, documents }: SourceFile) =>
    roles.has(role) &&
    /\.ya?ml$/.test(path) &&
    text.trim() !== '' &&
    (documents.length === 0 ||
      documents.some(({ place }) => resourceAt({ file: path, line: place.line }) === undefined));
  const shown = [...sources.files.values()].filter(isShown);
  const inRoot = new Map<string, number>();
  for (const { path, text } of shown) {
    const root = folderOf(path, 1);
    inRoot.set(root, (inRoot.get(root) ?? 0) + text.split('\n').length);
  }
  for (const file of shown) {
    const isSmall = (inRoot.get(folderOf(file.path, 1)) ?? 0) <= fewLines;
    const slug = slugOf(folderOf(file.path, isSmall ? 1 : depth));
    const before = lines.get(slug) ?? 0;
    if (known.has(slug) || before > mostLines) continue;
    lines.set(slug, before + Math.min(file.text.split('\n').length, longestManifest));
    slugs.set(file.path, slug);
  }
  return slugs;
}

/** The id of a file on its page; that of a line has the line behind it, as far as lines are shown. */
export function fileAnchor(file: string, line?: number): string {
  const own = `f${digestOf(file, 6)}`;
  return line === undefined || line > longestManifest ? own : `${own}L${line}`;
}

/** The first folders of a path. */
function folderOf(path: string, length: number): string {
  return path.split('/').slice(0, -1).slice(0, length).join('/') || '.';
}

/** The folder whose files share a page. @param paths of the files. */
export function folderOfPage(paths: readonly string[]): string {
  const folders = paths.map((path) => folderOf(path, depth));
  const [first = '.'] = folders;
  return folders.every((folder) => folder === first) ? first : folderOf(paths[0] ?? '', 1);
}

function slugOf(folder: string): string {
  const parts = folder.split('/').map((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, 200),
  );
  return ['resources', 'files', ...parts].join('/');
}

const roles = new Set<SourceFile['role']>(['kustomization', 'manifest', 'values', 'chart']);
/** A page for a component: of a stack's folder there are a few, of each folder there would be very many. */
const depth = 2;
/** Of all that lies in a first folder: what is no longer is one page. */
const fewLines = 400;
/** Of one page; what would come after is not shown. */
const mostLines = 2500;

export type FileSlugs = Map<string, string>;
