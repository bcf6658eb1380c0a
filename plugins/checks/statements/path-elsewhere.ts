/** Whether a page says of a path that it is no file of this repository as it is now. */
import { posix } from 'node:path';
import { isUnder } from '../../base/index.ts';
import { labelText, type Spot } from '../../markdown/index.ts';
import { filePaths } from '../path-form.ts';
import type { StatedPage } from '../statement-kind.ts';
import { isGone, isToBeMade, leadBefore, sentenceBefore } from '../to-be-made.ts';
import { isGuess, isOld } from '../told-as-old.ts';
import { isOfAnother } from './other-repository.ts';

/**
 * Asked about each path of a page: whether its reader or a build makes it, it is gone or a guess, or is
 * another repository's. What holds for the whole page is read once.
 * @param roots folders in which a path of this repository begins.
 */
export function createElsewhere(
  { platform, positions: { text } }: StatedPage,
  roots: string[],
): (path: string, spot: Spot) => boolean {
  let known: { repositories: Set<string>; made: string[] } | undefined;
  const ofPage = () => {
    if (known) return known;
    const files = filePaths(platform.sources);
    const made = foldersMade(text).filter((folder) => !files.some((file) => isUnder(folder, file)));
    known = { repositories: repositoriesIn(text), made };
    return known;
  };
  return (path, spot) => {
    const before = text.slice(0, spot.start);
    const after = text.slice(spot.end);
    const sentence = sentenceBefore(before) || leadBefore(before);
    const { repositories, made } = ofPage();
    return (
      isToBeMade(before) ||
      isGone(after) ||
      isGuess(after) ||
      isOld(before) ||
      isInOldColumn(spot) ||
      repositories.has(path.toLowerCase()) ||
      made.some((folder) => isUnder(folder, posix.normalize(path))) ||
      isOfAnother(path, sentence, spot, roots, platform.config)
    );
  };
}

/** Repositories whose addresses stand on a page, as `owner/name`. */
function repositoriesIn(text: string): Set<string> {
  const urls = text.matchAll(
    /\bhttps?:\/\/[\w.-]+\/([\w.-]+\/[\w.-]+?)(?:\.git)?(?=[/#?)\]\s"'`<>,]|\.?\s|$)/g,
  );
  return new Set([...urls].map(([, name = '']) => name.toLowerCase()));
}

/** Folders that the commands of a page make, and the one in which `flux bootstrap` commits Flux. */
function foldersMade(text: string): string[] {
  const made = [...text.matchAll(/^[ \t]*(?:[$>#] )?mkdir[ \t]+(?:-\w+[ \t]+)*([^\n;&|]+)/gm)].flatMap(
    ([, words = '']) => words.trim().split(/\s+/),
  );
  const clusters = /\bflux bootstrap\b/.test(text) ? [...text.matchAll(/--path[= ]["']?([\w./-]+)/g)] : [];
  return [...made, ...clusters.map(([, path = '']) => posix.join(path, 'flux-system'))]
    .map((path) => posix.normalize(path).replace(/\/+$/, ''))
    .filter((path) => /^[\w.-]+\//.test(path));
}

/** True in the column `Old` of a table that tells what became of each. */
function isInOldColumn({ ancestors }: Spot): boolean {
  const at = ancestors.findIndex(({ type }) => type === 'table');
  const [table, row, cell] = ancestors.slice(at, at + 3);
  if (at < 0 || table?.type !== 'table' || row?.type !== 'tableRow' || cell?.type !== 'tableCell')
    return false;
  const header = table.children[0]?.children[row.children.indexOf(cell)];
  return (
    header !== undefined &&
    /^(?:old|before|previous|former|legacy|removed|deleted|alt\b|bisher|vorher|旧)/i.test(
      labelText(header).trim(),
    )
  );
}
