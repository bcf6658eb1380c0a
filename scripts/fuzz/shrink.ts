import type { Files } from './repository.ts';

/**
 * The files without what is not needed for the find: whole files, then halves, quarters, … of their lines.
 * @param tries repositories that are tried at most.
 */
export async function shrunk(
  files: Files,
  fails: (files: Files) => Promise<boolean>,
  tries = 150,
): Promise<Files> {
  let smallest = files;
  let left = tries;
  const attempt = async (candidate: Files): Promise<boolean> => {
    left -= 1;
    if (left < 0 || !(await fails(candidate))) return false;
    smallest = candidate;
    return true;
  };
  for (const path of Object.keys(files))
    await attempt(Object.fromEntries(Object.entries(smallest).filter(([other]) => other !== path)));
  for (const path of Object.keys(smallest)) {
    const content = smallest[path];
    if (typeof content !== 'string') continue;
    for (
      let size = Math.ceil(content.split('\n').length / 2);
      size >= 1 && left > 0;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    )
      for (let from = 0; left > 0; ) {
        const lines = String(smallest[path]).split('\n');
        if (from >= lines.length) break;
        const without = lines.toSpliced(from, size).join('\n');
        if (!(await attempt({ ...smallest, [path]: without }))) from += size;
      }
  }
  return smallest;
}
