/**
 * Platforms of any size, for measuring how cost grows: every ten manifests are one application more. The same
 * size and seed give the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as manifest from './generated-manifests.ts';

/**
 * Writes a repository that Argo CD could deploy, and its pages: a project and an ApplicationSet of
 * directories for each team of up to 25 applications; of the applications some are charts of their own, some
 * overlays of a base that others share, the rest plain files under a kustomization. Most take secrets from a
 * store, half are reached by a route; each team has a policy.
 * @returns the files of an application each, for whoever edits one: its page and a manifest of it.
 */
export function generatePlatform(root: string, applications: number, seed = 1): GeneratedApplication[] {
  const random = openRandom(seed);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const teams = Array.from({ length: Math.ceil(applications / teamSize) }, (_, index) => `team-${index}`);
  write('plumbline.yaml', manifest.configuration);
  write('IT/gateway.yaml', manifest.gateway);
  write('IT/store.yaml', manifest.secretStore);
  const bases = Math.max(1, Math.floor(applications / 50));
  for (let base = 0; base < bases; base++) writeFolder(`bases/base-${base}`, manifest.base(base));
  for (const team of teams) {
    write(`IT/project-${team}.yaml`, manifest.project(team));
    write(`IT/applications-${team}.yaml`, manifest.applicationSet(team));
    write(`IT/policy-${team}.yaml`, manifest.policy(team));
    write(`docs/${team}/index.md`, manifest.teamPage(team));
  }
  write('docs/index.md', manifest.firstPage(teams));
  return Array.from({ length: applications }, (_, index) => {
    const team = teams[Math.floor(index / teamSize)] ?? '';
    const name = `app-${index}`;
    const folder = `K8s/${team}/${name}`;
    const share = random();
    const app = { name, team, replicas: 1 + Math.floor(random() * 5), wave: Math.floor(random() * 5) - 2 };
    const traits = { isRouted: random() < 0.5, hasSecrets: random() < 0.7 };
    if (share < 0.15) {
      for (const [file, text] of Object.entries(manifest.chart(app, traits)))
        write(`${folder}/${file}`, text);
    } else {
      const base = share < 0.35 ? Math.floor(random() * bases) : null;
      writeFolder(
        folder,
        manifest.application(app, traits),
        base === null ? null : `../../../bases/base-${base}`,
      );
    }
    write(`docs/${team}/${name}.md`, manifest.applicationPage(app));
    return {
      page: `docs/${team}/${name}.md`,
      manifest: `${folder}/${share < 0.15 ? 'values' : 'deployment'}.yaml`,
      ...app,
    };
  });

  function writeFolder(folder: string, files: Record<string, string>, base: string | null = null): void {
    for (const [file, text] of Object.entries(files)) write(`${folder}/${file}`, text);
    const resources = [...(base === null ? [] : [base]), ...Object.keys(files)];
    write(`${folder}/kustomization.yaml`, manifest.kustomization(resources));
  }
}

/** Numbers from 0 to 1, the same for the same seed: a linear congruential generator. */
function openRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const teamSize = 25;

export interface GeneratedApplication {
  name: string;
  /** From the root. */
  page: string;
  /** The file that says `replicas`. */
  manifest: string;
  replicas: number;
}
