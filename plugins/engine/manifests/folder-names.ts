import { digestOf } from '../../base/index.ts';
import { type Deployer, deployersOf, type Model } from '../../model/index.ts';

/**
 * The folder of each deployer's manifests, by its id: what Argo CD calls an Application (`shop`, or
 * `team_shop` outside of its own namespace), `kustomization_flux-system_apps` of Flux. Names that every file
 * system takes, and of which no two differ by case alone.
 */
export function folderNames(model: Model): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const deployer of deployersOf(model)) {
    const [name = ''] = candidates(deployer).filter((one) => !taken.has(one));
    taken.add(name);
    names.set(deployer.id, name);
  }
  return names;
}

function candidates(deployer: Deployer): string[] {
  const { kind, id, namespace, name } = deployer;
  const whole = [namespace ?? [], name].flat();
  const own =
    kind === undefined ? (deployer.instanceName === name ? [name] : whole) : [kind.toLowerCase(), ...whole];
  const repeated = id.includes('@') ? [id.slice(id.indexOf('@') + 1)] : [];
  return [[...own, ...repeated], whole, [...own, digestOf(id, 12)]].map((parts) =>
    parts.map(safePart).join('_'),
  );
}

/** A name of Kubernetes as it is; of any other what is harmless in it, and a digest. */
function safePart(text: string): string {
  const isSafe =
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text) && text.length <= longest && !reserved.test(text);
  if (isSafe) return text;
  const harmless = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest - 13);
  return `${harmless}-${digestOf(text, 12)}`;
}

/** Three such parts are a name that file systems take. */
const longest = 75;
/** What Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;
