/**
 * The promise of the whole, held on the reference platform: whatever is edited there, the page either says so
 * of itself or is caught saying otherwise. Each case is an edit that a person might make; none may pass
 * unnoticed.
 */

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../plugins/checks/index.ts';
import { checkPages, createEngine, type Engine, renderPageAsMarkdown } from '../../plugins/engine/index.ts';
import { isError } from '../../plugins/source/index.ts';
import { d2 } from '../d2/helpers.ts';
import { shareOfDay } from '../fuzz.ts';
import { plumbline, project } from '../scripts/cli.ts';
import { isDue } from '../turns.ts';

const page = 'docs/concepts/gitops-model.md';

const edits: Edit[] = [
  {
    what: 'a wave changed',
    make: (platform) => platform.replace('K8s/observability/slo/argocd-sync.yaml', '"20"', '"21"'),
  },
  {
    what: "a namespace's wave made positive",
    make: (platform) => platform.replace('K8s/observability/governance/namespace.yaml', '"-10"', '"10"'),
    caught: { rule: 'claim-false', manifest: 'K8s/observability/governance/namespace.yaml:12' },
  },
  {
    what: 'a destination of an AppProject renamed',
    make: (platform) =>
      platform.replace(
        'IT/argocd/appproject-observability.yaml',
        'namespace: observability',
        'namespace: monitoring',
      ),
    caught: { rule: 'claim-false', manifest: 'IT/argocd/appproject-observability.yaml' },
  },
  {
    what: 'an AppProject deleted',
    make: (platform) => {
      platform.remove('IT/argocd/appproject-security.yaml');
      platform.replace('IT/argocd/kustomization.yaml', '  - appproject-security.yaml\n', '');
    },
    caught: { rule: 'fact-stale', manifest: 'IT/argocd/' },
  },
  {
    what: 'an AppProject deleted, but not from its kustomization',
    // A kustomization that fails leaves open what it holds: the page says so, and no fact of it is false.
    make: (platform) => platform.remove('IT/argocd/appproject-security.yaml'),
    refused: 'IT/argocd/kustomization.yaml',
  },
  {
    what: "a stack's folder added",
    make: (platform) => platform.copy('K8s/backstage', 'K8s/payments'),
    caught: { rule: 'fact-stale', manifest: 'K8s/' },
  },
  { what: "a stack's folder removed", make: (platform) => platform.remove('K8s/events') },
  { what: "a stack's folder renamed", make: (platform) => platform.rename('K8s/cicd', 'K8s/delivery') },
  {
    what: '`prune` turned off',
    make: (platform) => platform.replace('K8s/cicd/applicationset-cicd.yaml', 'prune: true', 'prune: false'),
    caught: { rule: 'claim-false', manifest: 'K8s/cicd/applicationset-cicd.yaml' },
  },
  {
    what: "a policy's action changed",
    make: (platform) =>
      platform.replace(
        'K8s/security/kyverno/policies/restrict-unsafe-pods.yaml',
        'failureAction: Enforce',
        'failureAction: Audit',
      ),
  },
  {
    what: 'a policy deleted',
    make: (platform) => {
      platform.remove('K8s/security/kyverno/policies/require-limits.yaml');
      platform.replace('K8s/security/kyverno/policies/kustomization.yaml', '  - require-limits.yaml\n', '');
    },
  },
  {
    what: 'an event source renamed',
    make: (platform) =>
      platform.replace(
        'K8s/events/argo-events/eventsources/alertmanager.yaml',
        'name: alertmanager\n',
        'name: alarms\n',
      ),
  },
  {
    what: "a sensor's trigger changed",
    make: (platform) =>
      platform.replace(
        'K8s/events/argo-events/sensors/slo-burn.yaml',
        'name: rollback-release\n',
        'name: notify\n',
      ),
  },
  {
    what: "a secret's creation policy changed",
    make: (platform) =>
      platform.replace(
        'K8s/backstage/dex/externalsecret-dex-clients.yaml',
        'creationPolicy: Merge',
        'creationPolicy: Owner',
      ),
  },
  {
    what: "an HTTPRoute's wave removed",
    make: (platform) =>
      platform.replace(
        'IT/gateway/httproutes/grafana.yaml',
        / {2}annotations:\n {4}argocd.argoproj.io\/sync-wave: "10"\n/,
        '',
      ),
    caught: { rule: 'claim-false', manifest: 'IT/gateway/httproutes/grafana.yaml' },
  },
  {
    what: 'the customization for `caBundle` removed',
    make: (platform) =>
      platform.replace(
        'IT/argocd/argocd-cm.yaml',
        / {2}resource\.customizations\.ignoreDifferences\.(?:.*\n {4}).*\n {6}.*caBundle\n/g,
        '',
      ),
  },
];

/** A fifth of them every second day, when no mutants of its facts are tried: others each time. */
const turn = shareOfDay(edits, 5);
console.log(`edits of the reference platform: ${turn.chosen.length} of ${edits.length} (${turn.name})`);

const root = mkdtempSync(join(tmpdir(), 'plumbline-mutations-'));
/** What differs in the folder from the platform: all of it, to begin with. */
const touched = ['IT', 'K8s', 'ci', 'docs', 'plumbline.yaml'];
let engine: Engine;
let before: Outcome;

beforeAll(async () => {
  platformIn(root);
  engine = await createEngine({ root, d2 });
  before = await look();
});
afterAll(async () => {
  await engine?.dispose();
  rmSync(root, { recursive: true, force: true });
});

describe.runIf(isDue(1, 2))('the reference platform', () => {
  test('is what its pages say', () => {
    expect(before.faults.map(summaryOf)).toEqual([]);
  });

  test.each(turn.chosen)('$what: shown or caught', async ({ what, make, caught, refused }) => {
    make(platformIn(root));
    // Other pages are asked where this one says nothing of it.
    const alone = await look([page]);
    const after = isNoticed(alone) ? alone : await look();

    const shown = after.markdown !== before.markdown;
    const named = namedIn(after);
    expect(
      shown || named.length > 0,
      `neither shown nor caught; faults: ${after.faults.map(summaryOf).join('; ')}`,
    ).toBe(true);
    if (caught !== undefined) {
      expect(named.map(summaryOf)).toContainEqual(expect.stringContaining(`${caught.rule} ${page}`));
      expect(
        named.flatMap(({ sources }) => sources.map(({ file, line }) => `${file}:${line}`)),
      ).toContainEqual(expect.stringContaining(caught.manifest));
    }
    if (refused !== undefined)
      expect(after.faults.map(({ rule, sources }) => `${rule} ${sources[0]?.file}`)).toContain(
        `render-failed ${refused}`,
      );
    console.log(
      `${what}: ${[shown && 'shown', named.length > 0 && `caught (${named.length})`].filter(Boolean).join(' and ')}`,
    );
  });

  test('the command line says the same', async () => {
    platformIn(root).replace('K8s/observability/governance/namespace.yaml', '"-10"', '"10"');
    const { code, stdout } = await plumbline(['check', '--root', root]);
    expect(stdout).toContain('K8s/observability/governance/namespace.yaml:12');
    expect(stdout).toContain(page);
    expect(code).toBe(1);
  });
});

/** What the checks find on some pages, and the page shows, of the platform as it now is. */
async function look(pages?: string[]): Promise<Outcome> {
  await engine.reload();
  const { report } = await checkPages(engine, pages === undefined ? {} : { pages });
  const { markdown } = await renderPageAsMarkdown(engine, join(root, page));
  return { faults: report.diagnostics.filter(isError), markdown };
}

/**
 * The platform and its pages in a folder, as they are but for the edits that a case may make; what an earlier
 * case did there is undone. An edit that changes nothing is a fault of the case.
 */
function platformIn(root: string): Platform {
  for (const path of touched.splice(0)) {
    rmSync(join(root, path), { recursive: true, force: true });
    if (!existsSync(join(project, path))) continue;
    cpSync(join(project, path), join(root, path), { recursive: true, preserveTimestamps: true });
  }
  return {
    replace(file, from, to) {
      touched.push(file);
      const path = join(root, file);
      const text = readFileSync(path, 'utf8');
      const replaced = text.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
      if (replaced === text) throw new Error(`nothing to replace in ${file}`);
      writeFileSync(path, replaced);
    },
    remove(path) {
      touched.push(path);
      rmSync(join(root, path), { recursive: true });
    },
    rename(from, to) {
      touched.push(from, to);
      renameSync(join(root, from), join(root, to));
    },
    copy(from, to) {
      touched.push(to);
      mkdirSync(dirname(join(root, to)), { recursive: true });
      cpSync(join(root, from), join(root, to), { recursive: true });
    },
  };
}

function isNoticed(outcome: Outcome): boolean {
  return outcome.markdown !== before.markdown || namedIn(outcome).length > 0;
}

/** Faults that have a place on a page and one in the manifests. */
function namedIn({ faults }: Outcome): Diagnostic[] {
  return faults.filter(({ page, sources }) => page !== null && page.line >= 1 && sources.some(inManifests));
}

function inManifests({ file }: { file: string }): boolean {
  return /^(IT|K8s)\//.test(file);
}

function summaryOf({ rule, page, message, sources }: Diagnostic): string {
  const place = page ?? sources[0];
  return `${rule} ${place ? `${place.file}:${place.line}` : '(no place)'} ${message}`;
}

interface Edit {
  what: string;
  make(platform: Platform): void;
  /** What must be caught; without it, a page that shows the change will do. */
  caught?: { rule: string; manifest: string };
  /** The kustomization that no longer builds, told where it lies: what a page says of it is open then. */
  refused?: string;
}

interface Platform {
  replace(file: string, from: string | RegExp, to: string): void;
  remove(path: string): void;
  rename(from: string, to: string): void;
  copy(from: string, to: string): void;
}

interface Outcome {
  faults: Diagnostic[];
  markdown: string;
}
