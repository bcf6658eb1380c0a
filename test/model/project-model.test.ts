import { describe, expect, it } from 'vitest';
import { type PrintedModel as Model, printedModel } from '../../plugins/checks/index.ts';
import { regexpFinds } from '../../plugins/model/argocd/projects/regexp.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';
import { at } from './platforms.ts';

const config = 'layers: { gitops: [apps] }\nrepository: { url: https://git.example.com/a.git }\n';
const server = 'https://kubernetes.default.svc';

async function modelOf(files: Record<string, string>): Promise<Model> {
  const root = tree({ 'plumbline.yaml': config, ...files });
  return printedModel(await loadPlatform({ root }));
}

function application(name: string, spec: string, namespace = 'argocd'): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n${spec}`;
}

function project(name: string, spec: string, labels = '{}'): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: ${name}\n  namespace: argocd\n  labels: ${labels}\nspec:\n${spec}`;
}

const source = '  source: {repoURL: https://git.example.com/a, path: apps/web}\n';
const destination = `  destination: {server: "${server}", namespace: web}\n`;
const everything = `  sourceRepos: ["*"]\n  destinations: [{server: "*", namespace: "*"}]\n`;
const web = { 'apps/web/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n' };

function reasonsOf(model: Model, name: string): string[] {
  const found = model.applications.find((one) => one.name === name);
  if (!found) throw new Error(`no application ${name}`);
  return found.permitted.reasons.map(({ message }) => message);
}

describe('an AppProject', () => {
  it('shows its roles, windows and application namespaces, and is refused with the line where it is wrong', async () => {
    const model = await modelOf({
      ...web,
      'apps/project.yaml': project(
        'team',
        `${everything}  sourceNamespaces: [web-*, "/^team-[ab]$/"]
  roles:
    - name: deploy
      groups: [web-team]
      policies:
        - p, proj:team:deploy, applications, sync, team/*, allow
        - p, proj:other:deploy, applications, sync, team/*, allow
  syncWindows:
    - {kind: deny, schedule: "0 22 * * *", duration: 8h, applications: ["we*"]}
    - {kind: deny, schedule: "0 22 * * 7", duration: 8h, namespaces: [other]}
    - {kind: deny, schedule: "TZ=Mars/Olympus 0 22 * * 1", duration: 8h, namespaces: [other]}
    - {kind: deny, schedule: "0 22 * * 1", duration: 8h, namespaces: [other], description: ${'d'.repeat(256)}}
`,
      ),
      'apps/app.yaml': application('web', `  project: team\n${source}${destination}`),
    });
    expect(model.projects).toMatchObject([
      {
        sourceNamespaces: ['web-*', '/^team-[ab]$/'],
        roles: [{ name: 'deploy', groups: ['web-team'] }],
        syncWindows: [
          { kind: 'deny', matches: ['web'] },
          { kind: 'deny', matches: [] },
          { kind: 'deny', matches: [] },
          { kind: 'deny', matches: [] },
        ],
      },
    ]);
    expect(model.applications).toMatchObject([{ rbacName: 'team/web', permitted: { ok: true } }]);
    const faults = model.diagnostics.filter(({ rule }) => rule === 'manifest-invalid');
    expect(
      faults.map(({ message, sources }) => [message.replace(/'p, .*?':/, '…'), ...sources.map(at)]),
    ).toEqual([
      [
        "`AppProject/team` is not valid: invalid policy rule … policy subject must be: 'proj:team:deploy', not 'proj:other:deploy'",
        'apps/project.yaml:16',
      ],
      ["`AppProject/team` is not valid: cannot parse schedule '0 22 * * 7'", 'apps/project.yaml:19'],
      [
        "`AppProject/team` is not valid: cannot parse schedule 'TZ=Mars/Olympus 0 22 * * 1'",
        'apps/project.yaml:20',
      ],
      ['`AppProject/team` is not valid: description must not exceed 255 characters', 'apps/project.yaml:21'],
    ]);
  });

  it('takes applications of the namespaces that it lists, and of no others', async () => {
    const own = (namespace: string) =>
      application(`in-${namespace}`, `  project: team\n${source}${destination}`, namespace);
    const model = await modelOf({
      ...web,
      'apps/project.yaml': project(
        'team',
        `${everything}  sourceNamespaces: [web-*, "/^team-[ab]$/", "/(x)\\\\1/"]\n`,
      ),
      'apps/all.yaml': ['web-1', 'team-a', 'argocd'].map(own).join('---\n'),
    });
    for (const name of ['in-web-1', 'in-team-a', 'in-argocd']) expect(reasonsOf(model, name)).toEqual([]);
    expect(model.applications.map(({ rbacName }) => rbacName).sort()).toEqual([
      'team/in-argocd',
      'team/team-a/in-team-a',
      'team/web-1/in-web-1',
    ]);
    expect(model.applications.map(({ instanceName }) => instanceName).sort()).toEqual([
      'in-argocd',
      'team-a_in-team-a',
      'web-1_in-web-1',
    ]);
    const strict = await modelOf({
      ...web,
      'apps/project.yaml': project('team', `${everything}  sourceNamespaces: [web-*, "/^team-[ab]$/"]\n`),
      'apps/parameters.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cmd-params-cm, namespace: argocd}\ndata:\n  application.namespaces: web-*\n',
      'apps/all.yaml': ['web-1', 'team-a', 'team-c'].map(own).join('---\n'),
    });
    expect(reasonsOf(strict, 'in-web-1')).toEqual([]);
    expect(reasonsOf(strict, 'in-team-a')).toEqual([
      'Argo CD does not look for applications in namespace `team-a`',
    ]);
    expect(reasonsOf(strict, 'in-team-c')).toEqual([
      'application in namespace `team-c` is not permitted to use project `team`',
      'Argo CD does not look for applications in namespace `team-c`',
    ]);
    const namespaces = strict.diagnostics.find(({ message }) => message.includes('team-c'));
    expect(namespaces?.sources.map(({ file }) => file)).toEqual(['apps/all.yaml', 'apps/project.yaml']);
  });

  it('borrows what global projects of argocd-cm lend', async () => {
    const files = (labels: string) => ({
      ...web,
      'apps/project.yaml': `${project('team', '  sourceRepos: []\n', labels)}---\n${project('base', everything)}`,
      'apps/settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: argocd}
data:
  globalProjects: |
    - projectName: base
      labelSelector: {matchExpressions: [{key: tier, operator: Exists}]}
`,
      'apps/app.yaml': application('web', `  project: team\n${source}${destination}`),
    });
    const lent = await modelOf(files('{tier: web}'));
    expect(reasonsOf(lent, 'web')).toEqual([]);
    expect(lent.projects.find(({ name }) => name === 'team')).toMatchObject({
      globalProjects: ['base'],
      sourceRepos: [],
    });
    const alone = await modelOf(files('{}'));
    expect(reasonsOf(alone, 'web')).toHaveLength(2);
    expect(alone.projects.map(({ globalProjects }) => globalProjects)).toEqual([[], []]);
  });

  describe('global projects in an argocd-cm that a generator makes over a remote base', () => {
    const customization = 'resource.customizations.ignoreDifferences.apps_Deployment';
    const files = (generator: string, more: Record<string, string> = {}): Record<string, string> => ({
      ...web,
      'apps/web/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\n',
      'apps/argocd/kustomization.yaml': `namespace: argocd
resources: ["https://github.com/argoproj/argo-cd.git//manifests/base?ref=v2.1.3", projects.yaml]
configMapGenerator: [${generator}]
generatorOptions: {disableNameSuffixHash: true}
`,
      'apps/argocd/globalProjects':
        '- {projectName: base, labelSelector: {matchExpressions: [{key: tier, operator: Exists}]}}\n',
      [`apps/argocd/${customization}`]: 'jsonPointers: [/spec/replicas]\n',
      'apps/argocd/projects.yaml': `${project('team', `${everything}  namespaceResourceWhitelist: [{group: kafka.strimzi.io, kind: Kafka}]\n`, '{tier: web}')}---
${project('base', '  namespaceResourceWhitelist: [{group: "", kind: ConfigMap}]\n')}`,
      'apps/app.yaml': application('web', `  project: team\n${source}${destination}`),
      ...more,
    });
    const read = (keys: string, behavior: string): string =>
      `{name: argocd-cm, behavior: ${behavior}, files: [${keys}]}`;
    const open = (model: Model): string[] =>
      model.applications.flatMap(({ unverified }) => unverified.map(({ what }) => what));

    it.each(['replace', 'merge', 'create'])(
      'with `behavior: %s` they lend what they say',
      async (behavior) => {
        const model = await modelOf(files(read(`globalProjects, ${customization}`, behavior)));
        expect(reasonsOf(model, 'web')).toEqual([
          'resource `Secret` is not permitted in project `team`: `Secret/web`',
        ]);
        expect(open(model)).toEqual([]);
        expect(model.ignoredDifferences).toMatchObject([
          { group: 'apps', kind: 'Deployment', fields: ['/spec/replicas'] },
        ]);
        expect(model.ignoredDifferences[0]?.origin.file).toBe('apps/argocd/kustomization.yaml');
      },
    );

    const both = ['ConfigMap', 'Secret'].map(
      (kind) =>
        `whether a global project permits more: resource \`${kind}\` is not permitted in project \`team\`: \`${kind}/web\``,
    );
    it.each<[string, string, string[], number]>([
      ['merges something else', read(customization, 'merge'), both, 0],
      ['replaces everything by something else', read(customization, 'replace'), [], 2],
      ['reads a file that is missing', read('gone', 'merge'), both, 0],
      ['is of another ConfigMap', '{name: argocd-rbac-cm, behavior: merge, literals: [a=b]}', [], 2],
    ])(
      'where it %s, what they lend is known or said not to be',
      async (_, generator, unverified, refused) => {
        const model = await modelOf(files(generator));
        expect(open(model)).toEqual(unverified);
        expect(reasonsOf(model, 'web')).toHaveLength(refused);
      },
    );

    it('values of a chart that name them leave it open', async () => {
      const all = files('');
      const chart = application(
        'argocd',
        `  project: base\n  source: {repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd, targetRevision: 9.0.0, helm: {valuesObject: {configs: {cm: {globalProjects: "[]"}}}}}\n${destination}`,
      );
      expect(open(await modelOf({ ...all, 'apps/chart.yaml': chart }))).toEqual(expect.arrayContaining(both));
    });

    it('a patch of an argocd-cm that is not here leaves it open, a list of what is forbidden does not', async () => {
      const patch = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {url: https://a}\n';
      const all = files('');
      const kustomization = `${all['apps/argocd/kustomization.yaml']}patches: [{path: patch.yaml}]\n`;
      const more = { 'apps/argocd/kustomization.yaml': kustomization, 'apps/argocd/patch.yaml': patch };
      expect(open(await modelOf({ ...all, ...more }))).toEqual(both);
      const black = all['apps/argocd/projects.yaml']?.replace(
        'namespaceResourceWhitelist',
        'namespaceResourceBlacklist: [{group: "", kind: Secret}]\n  namespaceResourceWhitelist',
      );
      const strict = await modelOf({ ...all, ...more, 'apps/argocd/projects.yaml': black ?? '' });
      expect(reasonsOf(strict, 'web')).toEqual([
        'resource `Secret` is not permitted in project `team`: `Secret/web`',
      ]);
    });
  });

  it('`default` permits everything unless a manifest says otherwise; nothing permits an incomplete spec', async () => {
    const files = {
      ...web,
      'apps/app.yaml': [
        application('good', `${source}${destination}`),
        application('chart', `  source: {repoURL: https://charts.example.com, chart: redis}\n${destination}`),
        application(
          'nothing',
          `  source: {repoURL: https://git.example.com/a}\n  destination: {namespace: web}\n`,
        ),
        application(
          'both',
          `${source}  destination: {server: "${server}", name: in-cluster, namespace: web}\n`,
        ),
      ].join('---\n'),
    };
    const model = await modelOf(files);
    expect(reasonsOf(model, 'good')).toEqual([]);
    expect(reasonsOf(model, 'chart')).toEqual([
      'spec.source.targetRevision is required if the manifest source is a helm chart',
    ]);
    expect(reasonsOf(model, 'nothing')).toEqual([
      'spec.source.repoURL and either spec.source.path, spec.source.chart, or spec.source.ref are required',
      'Destination server missing from app spec',
    ]);
    expect(reasonsOf(model, 'both')).toEqual([
      `application destination can't have both name and server defined: in-cluster ${server}`,
    ]);
    expect(new Set(model.diagnostics.map(({ rule }) => rule))).toEqual(new Set(['manifest-invalid']));
    const narrow = await modelOf({
      ...files,
      'apps/project.yaml': project('default', '  sourceRepos: []\n'),
    });
    expect(reasonsOf(narrow, 'good')).toHaveLength(2);
  });

  it('with clusters of its own only leaves open what Secrets would tell', async () => {
    const model = await modelOf({
      ...web,
      'apps/project.yaml': project('team', `${everything}  permitOnlyProjectScopedClusters: true\n`),
      'apps/app.yaml': application('web', `  project: team\n${source}${destination}`),
    });
    expect(reasonsOf(model, 'web')).toEqual([]);
    expect(model.unverified.map(({ what }) => what)).toContain(
      `whether the cluster ${server} belongs to project team (permitOnlyProjectScopedClusters)`,
    );
  });

  it('names the account of a sync where impersonation is on', async () => {
    const files = (on: string) => ({
      ...web,
      'apps/settings.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata: {application.sync.impersonation.enabled: "${on}"}\n`,
      'apps/project.yaml': project(
        'team',
        `${everything}  destinationServiceAccounts: [{server: "*", namespace: "w*", defaultServiceAccount: deployer}]\n`,
      ),
      'apps/app.yaml': application('web', `  project: team\n${source}${destination}`),
    });
    expect((await modelOf(files('true'))).applications).toMatchObject([
      { serviceAccount: 'system:serviceaccount:web:deployer' },
    ]);
    expect((await modelOf(files('false'))).applications).toMatchObject([{ serviceAccount: null }]);
  });
});

describe('a regular expression of a manifest', () => {
  it.each([
    ['^((?!disallowed).)*$', 'allowed', true],
    ['^((?!disallowed).)*$', 'disallowed', false],
    ['team-.*', 'my-team-a', true],
    ['^team-(a|b)+$', 'team-abba', true],
    ['^\\w{2,3}-\\d+$', 'ab-12', true],
    ['^\\w{2,3}-\\d+$', 'abcd-12', false],
    ['^(?!kube-|default$).*$', 'default', false],
    ['^(?!kube-|default$).*$', 'default-2', true],
    ['(?<=x)y', 'xy', null],
    ['a(?!b)', 'ac', null],
    ['[a-z-[aeiou]]', 'b', null],
    ['^(?!a++)x', 'x', false],
    ['^[^a-c]+$', 'def', true],
    ['a{0}b', 'b', true],
    ['\\bweb\\b', 'my-web-1', true],
    ['(unclosed', 'unclosed', false],
    ['*', '*', false],
    ['(x)\\1', 'xx', null],
    ['(?i)x', 'X', true],
    ['\\w', 'é', null],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(regexpFinds(pattern, text)).toBe(expected);
  });

  it('cannot make matching slow', () => {
    expect(regexpFinds('^(a+)+$', `${'a'.repeat(60)}b`)).toBe(false);
    expect(regexpFinds('^((a|a|a)*)*$', `${'a'.repeat(63)}!`)).toBe(false);
    expect(regexpFinds('^(a{1,999999999}){1,999999999}$', `${'a'.repeat(40)}!`)).toBe(null);
  });

  it('agrees with JavaScript on what both know', () => {
    const patterns = [
      'a|b',
      '(ab)*c?',
      '[a-c]{2}',
      '^a.*c$',
      '^(?!ab)a',
      '^((?!b).)*$',
      '\\D+',
      '[^b]$',
      'a+?b',
    ];
    const texts = ['', 'a', 'b', 'c', 'ab', 'ba', 'abc', 'aab', 'acb', 'b1', '12', 'abab', 'cab'];
    for (const pattern of patterns)
      for (const text of texts)
        expect([pattern, text, regexpFinds(pattern, text)]).toEqual([
          pattern,
          text,
          new RegExp(pattern).test(text),
        ]);
  });
});
