import { diagnostic, type EarlyDiagnostic, type LockedChart, type Place } from '../source/index.ts';

/** Content that is not what the lock says, and where it is asked for. */
export function lockMismatch(
  { chart, version, sha256, place }: LockedChart,
  found: string,
  origin: Place,
): EarlyDiagnostic {
  const source = { resource: null, path: null, via: [] };
  return diagnostic({
    rule: 'lock-mismatch',
    identity: [chart, version, sha256],
    message: `the content of the chart \`${chart} ${version}\` is not what \`plumbline.lock\` says`,
    expected: `sha256 ${sha256}`,
    actual: `sha256 ${found}`,
    sources: [
      { ...place, ...source, role: 'expected' },
      { ...origin, ...source, role: 'asked for here' },
    ],
    help: 'Nothing of it is used. `plumbline fetch --locked` brings it again; where the repository of charts itself has changed what it calls this version, ask why, and take it with `plumbline fetch --update`.',
  });
}
