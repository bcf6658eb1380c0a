import { compareText } from '../../base/index.ts';

/** True for a version that begins with the parts that are asked for: `v5.8.1` where that is `5.8`. */
export function isWanted(version: string, wanted: string | null): boolean {
  if (wanted === null) return true;
  const parts = partsOf(version);
  return partsOf(wanted).every((part, index) => part === parts[index]);
}

/**
 * What there is to say where `engines` of the configuration names a version that is not here, and its help.
 */
export function notWanted(
  name: 'kustomize' | 'Helm',
  wanted: string,
  found: readonly Candidate[],
): [string, string] {
  const here = found.map(({ version, from, path }) => `${version} (${from}: ${path})`).sort(compareText);
  const variable = name === 'Helm' ? 'PLUMBLINE_HELM' : 'PLUMBLINE_KUSTOMIZE';
  return [
    `\`plumbline.yaml\` asks for ${name} ${wanted}, and there is ${here.length === 0 ? 'none' : here.join(' and ')}`,
    `Put that version on PATH, or name it in ${variable}: a repository names versions and never a program. Or mend \`engines\` in \`plumbline.yaml\`.`,
  ];
}

function partsOf(version: string): string[] {
  return version.replace(/^v/, '').split(/[.+-]/);
}

/** The versions that the configuration names; null where any will do. */
export interface WantedVersions {
  kustomize: string | null;
  helm: string | null;
}

export const anyVersion: WantedVersions = { kustomize: null, helm: null };

interface Candidate {
  version: string;
  from: string;
  path: string;
}
