import {
  diagnostic,
  type EarlyDiagnostic,
  keyOfTree,
  type LockedChart,
  type Place,
  revisionWords,
  type Store,
} from '../../source/index.ts';

/** Of what was taken of other repositories, and of files at an address. */
export function lockMismatches(
  store: Store,
  asked: readonly AskedAt[],
  askedFiles: readonly { url: string; origin: Place }[],
): EarlyDiagnostic[] {
  const trees = (store.lock?.trees ?? []).map((locked) => ({
    locked,
    name: `${locked.repository} at ${revisionWords(locked) ?? locked.commit.slice(0, 12)}`,
    found: store.tree(locked).found,
    origin: asked.find((one) => keyOfTree(one) === keyOfTree(locked))?.origin,
  }));
  const files = (store.lock?.files ?? []).map((locked) => ({
    ...{ locked, name: locked.url, found: store.file(locked).found },
    origin: askedFiles.find(({ url }) => url === locked.url)?.origin,
  }));
  return [...trees, ...files].flatMap(({ locked, name, found, origin }) => {
    if (found === null || found === locked.sha256) return [];
    return mismatch(`what was fetched of ${name}`, [name, locked.sha256], locked, found, origin);
  });
}

/** Content of a chart that is not what the lock says, and where it is asked for. */
export function lockMismatch(locked: LockedChart, found: string, origin: Place): EarlyDiagnostic {
  const { chart, version, sha256 } = locked;
  const name = `the content of the chart \`${chart} ${version}\``;
  return mismatch(name, [chart, version, sha256], locked, found, origin, 'the repository of charts');
}

function mismatch(
  what: string,
  identity: string[],
  { sha256, place }: { sha256: string; place: Place },
  found: string,
  origin: Place | undefined,
  whose = 'the other side',
): EarlyDiagnostic {
  const source = { resource: null, path: null, via: [] };
  return diagnostic({
    rule: 'lock-mismatch',
    identity,
    message: `${what} is not what \`plumbline.lock\` says`,
    expected: `sha256 ${sha256}`,
    actual: `sha256 ${found}`,
    sources: [
      { ...place, ...source, role: 'expected' },
      ...(origin === undefined ? [] : [{ ...origin, ...source, role: 'asked for here' }]),
    ],
    help: `Nothing of it is used. \`plumbline fetch --locked\` brings it again; where ${whose} itself has changed what it calls this version, ask why, and take it with \`plumbline fetch --update\`.`,
  });
}

/** Who asks for what of another repository. */
interface AskedAt {
  repository: string;
  asked: string | null;
  origin: Place;
}
