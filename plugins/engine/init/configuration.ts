import type { AddressGuess } from './addresses.ts';
import type { RootChart } from './root-charts.ts';

/** The text of `plumbline.yaml`: what cannot be seen by itself, and as comments what may be said besides. */
export function writeConfiguration({
  docs,
  remotes,
  guess,
  baseline,
  bootstrap,
  deploy,
  open,
  overlays,
}: Told): string {
  const lines = ['# What Plumbline cannot see by itself. All of it is optional.'];
  if (bootstrap !== null)
    lines.push(
      '',
      '# Guessed by its name, and because nothing deploys what lies in it: what is applied once, by hand.',
      `layers: { bootstrap: [${quoted(bootstrap)}], gitops: [.] }`,
    );
  if (deploy.length > 0)
    lines.push(
      '',
      '# Guessed: charts of Applications that nothing here deploys. Somebody applies them by hand or by a script.',
      `deploy: [${deploy.map(quoted).join(', ')}]`,
    );
  if (open.length > 0)
    lines.push(
      '',
      '# Charts of Applications that nothing here deploys, applied by hand or by a script with values of its own.',
      '# Say with which, and everything that follows is read:',
      '# deploy:',
      ...open.map(({ folder, values: [first] }) =>
        first === undefined
          ? `#   - ${quoted(folder)}`
          : `#   - { path: ${quoted(folder)}, values: [${quoted(first)}] }`,
      ),
    );
  if (overlays !== null)
    lines.push(
      '',
      '# Kustomizations that make the same things differently; nothing here says which of them is applied. What they',
      '# have in common is checked; say which is meant, and all of it is:',
      `# deploy: [${quoted(overlays)}]`,
    );
  if (docs !== null) lines.push('', '# Folder of the pages.', `docs: ${quoted(docs)}`);
  if (guess !== null)
    lines.push(
      '',
      `# Guessed: ${guess.here} of ${guess.all} folders that manifests take from the last address are here.`,
      'repository:',
      `  url: [${[...remotes, guess.url].map(quoted).join(', ')}]`,
    );
  if (baseline !== null)
    lines.push(
      '',
      '# Faults that were here before, which `check` lets be. The list only shrinks:',
      '# `check --update-baseline` drops what is mended, `check --no-baseline` tells of all.',
      `baseline: ${quoted(baseline)}`,
    );
  lines.push(
    '',
    '# What generators would find that ask a cluster, and what a set-up step fills in for ${DOMAIN}:',
    '# generators: { clusters: [{ name: east, server: "https://east.example.com", labels: { tier: edge } }] }',
    '# values: { DOMAIN: example.com }',
  );
  return `${lines.join('\n')}\n`;
}

/** JSON's strings are YAML's; what ends a line for YAML alone is escaped too. */
function quoted(text: string): string {
  if (/^[A-Za-z][\w./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)) return text;
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

interface Told {
  /** Null where it is the usual one. */
  docs: string | null;
  remotes: string[];
  guess: AddressGuess | null;
  /** The file; null where nothing is wrong. */
  baseline: string | null;
  /** A folder at the top; null where none is seen. */
  bootstrap: string | null;
  /** Charts that somebody applies by hand. */
  deploy: readonly string[];
  /** Charts of which it is not certain with which values they are applied. */
  open: readonly RootChart[];
  /** One of several kustomizations that make the same things differently; null where there are none. */
  overlays: string | null;
}
