import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Packs a folder as `npm publish` would.
 * @returns the path of the tarball.
 */
export function pack(folder: string, destination: string): string {
  const parameters = ['pack', folder, '--pack-destination', destination, '--json', '--ignore-scripts'];
  const said = execFileSync('npm', parameters, { encoding: 'utf8', shell: process.platform === 'win32' });
  const [packed] = JSON.parse(said) as { filename: string }[];
  if (packed === undefined) throw new Error(`npm packed nothing of ${folder}`);
  return join(destination, packed.filename);
}
