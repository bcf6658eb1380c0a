import type { AddressGuess } from './addresses.ts';

/** The text of `plumbline.yaml`: what cannot be seen by itself, and as comments what may be said besides. */
export function writeConfiguration({ docs, remotes, guess, baseline, bootstrap, gitops }: Told): string {
  const lines = ['# What Plumbline cannot see by itself. All of it is optional.'];
  if (docs !== null) lines.push('', '# Folder of the pages.', `docs: ${quoted(docs)}`);
  if (guess !== null)
    lines.push(
      '',
      `# Guessed: of ${guess.all} folders that manifests take from the last address, ${guess.here} are here.`,
      'repository:',
      `  url: [${[...remotes, guess.url].map(quoted).join(', ')}]`,
    );
  if (baseline !== null)
    lines.push(
      '',
      '# Faults that were here before, which `check` lets be. The list only shrinks:',
      '# `check --update-baseline` drops what is mended.',
      `baseline: ${quoted(baseline)}`,
    );
  if (bootstrap.length > 0 && gitops.length > 0)
    lines.push(
      '',
      '# What is applied once by hand, and what is reconciled. Left out, everything is read as reconciled.',
      `# layers: { bootstrap: [${bootstrap.map(quoted).join(', ')}], gitops: [${gitops.map(quoted).join(', ')}] }`,
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

export interface Told {
  /** Null where it is the usual one. */
  docs: string | null;
  remotes: string[];
  guess: AddressGuess | null;
  /** The file; null where nothing is wrong. */
  baseline: string | null;
  /** Folders at the top that look as if they were applied by hand, and the others with manifests. */
  bootstrap: string[];
  gitops: string[];
}
