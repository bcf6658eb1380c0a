import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../plugins/checks/index.ts';
import { tellsOfThePast } from '../../plugins/checks/path-form.ts';
import type { Compiled } from '../../plugins/d2/index.ts';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { wordsAt } from '../engine/pages.ts';
import { type Bench, engineWithPages, fixture, repositoryFrom, temporaryFolder } from './engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

/** The faults of a page, each with the words that its caret stands under. */
async function faults(page: string): Promise<(Diagnostic & { words: string })[]> {
  const { diagnostics } = await bench.check(page);
  return diagnostics.map((one) => ({ ...one, words: one.page ? wordsAt(page, one.page) : '' }));
}
async function onlyFault(page: string) {
  const found = await faults(page);
  expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toHaveLength(1);
  const [fault] = found;
  if (!fault) throw new Error('no fault');
  return fault;
}
const fence = (body: string, options = '') => `\`\`\`d2 ${options}\n${body}\n\`\`\`\n`;
const shape = (key: string, reference: string) => `${key}: ${key} { link: "gitops:${reference}" }`;

describe('a fact about where an application deploys to', () => {
  it('shows the line of its destination, not of the namespace that it lies in itself', async () => {
    const fault = await onlyFault(`:fact[nowhere]{value="application('shop-cart').namespace"}\n`);
    expect(fault.sources.map(({ path }) => path)).toEqual(['spec.destination.namespace']);
  });
});

describe('claims', () => {
  it.each([
    ['all', '{of="kind == \'Namespace\' && waveSet" all="wave < 0"}'],
    ['any', '{of="true" any="kind == \'Sensor\'"}'],
    ['none', '{of="kind == \'Service\'" none="waveSet"}'],
    ['count', '{of="kind == \'AppProject\'" count="2"}'],
    ['count with a comparison', '{of="true" count=">= 10"}'],
    [
      'over applications',
      '{of="project == \'shop\'" over="applications" all="syncPolicy.prune && permitted.ok"}',
    ],
    ['over projects', '{of="name == \'audit\'" over="projects" all="destinations.size() == 0"}'],
    ['over policies', '{of="true" over="policies" all="rule.action == \'Enforce\'"}'],
    ['over secrets', '{of="true" over="secrets" all="creationPolicy == \'Owner\'"}'],
    ['over events', '{of="true" over="events" all="live"}'],
  ])('%s: holds', async (_name, attributes) => {
    expect(await faults(`:claim[Words]${attributes}\n`)).toEqual([]);
  });

  it.each([
    ['no test', '{of="true"}', 'has no test'],
    ['two tests', '{of="true" all="true" any="true"}', 'has 2 tests'],
    ['no selection', '{all="true"}', 'needs `of'],
    ['a bad count', '{of="true" count="six"}', 'is no comparison: `six`'],
    ['a bad list', '{of="true" all="true" over="policys"}', 'knows no `policys`'],
    ['an unknown attribute', '{of="true" all="true" when="x"}', 'no attribute `when`'],
  ])('with %s is no claim', async (_name, attributes, message) => {
    const fault = await onlyFault(`:claim[Words]${attributes}\n`);
    expect(fault.rule).toBe('directive-invalid');
    expect(fault.message).toContain(message);
    expect(fault.help).toBeTruthy();
  });

  it('that is false names each offender with the line that decides', async () => {
    const fault = await onlyFault(':claim[Words]{of="waveSet" all="wave == -3"}\n');
    expect(fault.sources.map(({ file, line, role }) => `${file}:${line} ${role}`)).toEqual([
      'K8s/shop/governance/resourcequota.yaml:7 wave is -2',
      'K8s/shop/infrastructure/secretstore.yaml:6 wave is -1',
    ]);
    expect(fault.actual).toBe('wave is -2: ResourceQuota/shop; wave is -1: SecretStore/vault');
  });

  it('about applications points into the template of their set', async () => {
    const fault = await onlyFault(':claim[Words]{of="true" over="applications" none="syncPolicy.prune"}\n');
    expect(fault.sources[0]).toMatchObject({ file: 'K8s/shop/applicationset-shop.yaml', line: 27 });
  });

  it('points at the part of its test that fails, once for all applications of a set', async () => {
    const fault = await onlyFault(
      ':claim[Words]{of="true" over="applications" all="syncPolicy.selfHeal && !syncPolicy.prune && project == \'shop\'"}\n',
    );
    expect(fault.sources.map(({ file, line, role }) => `${file}:${line} ${role}`)).toEqual([
      'K8s/shop/applicationset-shop.yaml:27 syncPolicy.prune is true, and so for 3 more',
    ]);
  });

  it('whose key is missing on a resource is false there, and a key that none has is a slip', async () => {
    const missing = await onlyFault(
      ':claim[Words]{of="kind == \'Namespace\'" all="labels.owner == \'checkout-team\'"}\n',
    );
    expect(missing.actual).toBe('labels.owner is not set: Namespace/argocd');
    const slip = await onlyFault(':claim[Words]{of="kind == \'Namespace\'" none="labels.ownr == \'x\'"}\n');
    expect(slip).toMatchObject({ rule: 'query-invalid', words: 'ownr' });
    expect(slip.candidates).toContain('owner');
  });

  it('about nothing is false, whatever it says, and tells which part is to blame', async () => {
    for (const test of ['all="true"', 'none="true"', 'count="0"', 'count=">= 0"']) {
      const fault = await onlyFault(`:claim[Words]{of="kind == 'Namespace' && name == 'shopp'" ${test}}\n`);
      expect(fault).toMatchObject({ rule: 'claim-empty', words: "name == 'shopp'", candidates: ['shop'] });
    }
  });

  it('blames nobody for a diagram that D2 does not finish, or is not asked for', async () => {
    const why = 'D2 did not finish within 20 s';
    const asked: string[] = [];
    const late = await createEngine({
      root: fixture,
      docs: bench.docs,
      d2: {
        ...bench.engine.d2,
        compile: async ({ source }): Promise<Compiled> => {
          asked.push(source);
          return { ok: false, errors: [], unfinished: why };
        },
      },
    });
    const all = `${Array.from({ length: 300 }, (_, at) => `a${at}`).join('\n')}\n* -> *\n`;
    const { report } = await checkPages(late, {
      pages: [
        bench.write(`\`\`\`d2\na -> b\n\`\`\`\n\n::diagram{view="projects"}\n\n\`\`\`d2\n${all}\`\`\`\n`),
      ],
    });
    await late.dispose();
    expect(report.diagnostics.filter(({ page }) => page !== null)).toEqual([]);
    const told = report.unverified.filter(({ kind }) => kind === 'work');
    expect(told).toMatchObject(
      [{ why }, { why }, { what: 'diagram at line 7', why: /steps of work/ }].map((one) => ({
        ...one,
        why: typeof one.why === 'string' ? one.why : expect.stringMatching(one.why),
      })),
    );
    expect(asked).not.toContain(all);
  });

  it('points into a selection that does not parse', async () => {
    expect(await onlyFault('- :claim[Words]{of="kind == " all="true"}\n')).toMatchObject({
      rule: 'query-invalid',
    });
    expect(await onlyFault('> :claim[Words]{of="knd == \'A\'" all="true"}\n')).toMatchObject({
      rule: 'query-invalid',
      words: 'knd',
    });
  });
});

describe('what selects nothing', () => {
  const nothing = (start: string, kind: string, name: string, rest = '') =>
    `${start}="kind == '${kind}' && name == '${name}'"${rest}}\n`;
  it.each([
    ['a fact', ':fact[0]{count', 'Namespace'],
    ['a table', '::table{view="resources" where', 'Namespace'],
    ['a diagram', '::diagram{view="projects" where', 'AppProject'],
  ])('is a fault of %s, unless it says why, and `empty` must be so', async (_, start, kind) => {
    const fault = await onlyFault(nothing(start, kind, 'shopp'));
    expect(fault).toMatchObject({ rule: 'claim-empty', words: "name == 'shopp'", candidates: ['shop'] });
    expect(fault.help).toContain('empty="reason"');
    expect(await faults(nothing(start, kind, 'shopp', ' empty="it comes later"'))).toEqual([]);
    expect(
      await onlyFault(nothing(start.replace('[0]', '[1]'), kind, 'shop', ' empty="later"')),
    ).toMatchObject({
      rule: 'directive-invalid',
      words: 'empty',
    });
    const reasonless = await faults(nothing(start, kind, 'shopp', ' empty=""'));
    expect(reasonless.map(({ message }) => message)).toContain('`empty` gives no reason');
  });

  it('is a fault of a value that is an empty list', async () => {
    const value = ':fact[]{value="applications.filter(a, a.name == \'none\')"';
    expect(await onlyFault(`${value}}\n`)).toMatchObject({ rule: 'claim-empty' });
    expect(await faults(`${value} empty="later"}\n`)).toEqual([]);
  });
});

describe('facts', () => {
  it.each(['two', 'Two', '2', ''])('take `%s` for two', async (literal) => {
    expect(await faults(`:fact[${literal}]{count="kind == 'AppProject'"}\n`)).toEqual([]);
  });
  it.each([
    ['three', 'two'],
    ['Three', 'Two'],
    ['12', '2'],
    ['many', 'two'],
  ])('that say `%s` are mended to `%s`', async (literal, replacement) => {
    const fault = await onlyFault(`:fact[${literal}]{count="kind == 'AppProject'"}\n`);
    expect(fault).toMatchObject({ rule: 'fact-stale', words: literal, fix: { replacement } });
    expect(fault.sources.map(({ resource }) => resource)).toEqual(['AppProject/audit', 'AppProject/shop']);
  });
  it.each([
    'registry/cart:1.4.2',
    '12:30',
    'cart:latest and a:b',
    'http://web.shop:80/x:y',
    'web.shop:8080',
    'me@web.shop:25',
    'https://web.shop/',
  ])('say `%s` as it is written', async (literal) => {
    expect(await faults(`:fact[${literal}]{value="'${literal}'"}\n`)).toEqual([]);
    const stale = await onlyFault(`:fact[${literal}0]{value="'${literal}'"}\n`);
    expect(stale).toMatchObject({ actual: `${literal}0`, expected: literal });
    const mended = `:fact[${stale.fix?.replacement}]{value="'${literal}'"}\n`;
    expect(await faults(mended)).toEqual([]);
  });
  it('hold values of any type', async () => {
    const page = [
      ':fact[shop]{value="application(\'shop-cart\').destination.namespace"}',
      ':fact[yes]{value="application(\'shop-cart\').syncPolicy.prune"}',
      ':fact[-3]{value="resource(\'Namespace/shop\').wave"}',
      ':fact[audit and shop]{value="projects.map(p, p.name)"}',
      ':fact[6]{count="project == \'shop\'" over="applications"}',
    ];
    expect((await faults(page.join('\n\n'))).map(({ message }) => message)).toEqual([
      'the page says `6`, the manifests say 4',
    ]);
  });
  it('about an application point at the line of its set', async () => {
    const fault = await onlyFault(':fact[no]{value="application(\'shop-cart\').syncPolicy.prune"}\n');
    const wave = await onlyFault(`:fact[-3]{value="projects.size()"}\n`);
    expect(wave.fix?.replacement).toMatch(/^\d+$/);
    const list = await onlyFault(':fact[three]{value="projects.map(p, p.name)"}\n');
    expect(list).toMatchObject({ rule: 'fact-stale', message: expect.stringContaining('is a list of 2') });
    expect(list.help).toContain('`size(projects.map(p, p.name))` (2)');
    expect(list.fix).toBeUndefined();
    expect(fault.sources[0]).toMatchObject({ file: 'K8s/shop/applicationset-shop.yaml', line: 27 });
  });
  it.each(['{}', '{count="true" value="1"}', '{value="1" over="projects"}'])(
    'with %s are none',
    async (attributes) => {
      expect(await onlyFault(`:fact[6]${attributes}\n`)).toMatchObject({ rule: 'directive-invalid' });
    },
  );
});

describe('paths and references', () => {
  it.each([
    'K8s/',
    'IT/argocd',
    'K8s/*/governance/namespace.yaml',
    'K8s/**/service.yaml',
    'IT/argocd/appproject-*.yaml',
    'K8s/<stack>/cart',
    'K8s/{shop,web}/cart/',
    'K8s/shop/cart/service.yaml:3',
    'K8s/shop/cart/service.yaml:3-9',
    'K8s/shop/cart/service.yaml#L3',
    'K8s/shop/cart/service.yaml#L3-L9',
    './K8s/shop/cart',
    'K8s/$STACK/cart/service.yaml',
    'K8s/STACK/cart/service.yaml',
    'K8s/my-team/cart/service.yaml',
  ])('`%s` is there', async (path) => {
    expect(await faults(`\`${path}\`\n`)).toEqual([]);
  });
  it.each([
    ['a file that the reader makes', 'K8s/shop/cart/my-topic.yaml'],
    ['a folder that the reader makes', 'K8s/shop/my-service/values.yaml'],
    ['a file with a gap in its name', 'K8s/shop/cart/<name>.env'],
    ['a folder in capitals', 'K8s/shop/NAMESPACE'],
    ['a folder of which a part is left to the reader', 'K8s/shop-xxx/values.yaml'],
    ['a function', 'K8s/shop/cart.Sync()'],
  ])('%s is held to nothing', async (_name, path) => {
    const { diagnostics, checked } = await bench.check(`\`${path}\`\n`);
    expect(diagnostics).toEqual([]);
    expect(checked.paths).toBe(0);
  });
  it('what is struck through is said to be no more', async () => {
    expect(await faults('~~`K8s/old` and `Namespace/old`~~\n')).toEqual([]);
  });
  it.each(['adr/0007-quota.md', 'docs/decisions/adr-012.md'])('a record of a decision, %s', (page) => {
    expect([tellsOfThePast(page), tellsOfThePast(page.replace(/\d+/, ''))]).toEqual([true, false]);
  });
  it('what a build is said to have generated is not looked for', async () => {
    expect(await faults('Note: generated `K8s/shop/out/*.yaml` files are ignored.\n')).toEqual([]);
    expect(await faults('The `K8s/shop/out/a.yaml` generated it.\n')).toHaveLength(1);
  });
  it('what the package in a folder exports is no path', async () => {
    expect(await faults('`K8s/shop/cart.Run` `K8s/shop/cart.Basket.Add`\n')).toEqual([]);
    expect(await onlyFault('`K8s/shop/gone.Run`\n')).toMatchObject({ rule: 'path-missing' });
  });
  it.each([
    ['K8s/$STACK/gone.yaml', 'no file matches `K8s/$STACK/gone.yaml`'],
    ['K8s/gone/my-topic.yaml', '`K8s/gone/my-topic.yaml` does not exist'],
    ['K8s/gone/$FILE', 'no file matches `K8s/gone/$FILE`'],
    ['./K8s/gone', '`K8s/gone` does not exist'],
    ['K8s/gone.yaml#L3', '`K8s/gone.yaml` does not exist'],
  ])('`%s` has nothing behind its gap', async (path, message) => {
    expect(await onlyFault(`\`${path}\`\n`)).toMatchObject({ rule: 'path-missing', message });
  });
  it('paths of a repository that is a layer as a whole', async () => {
    const root = repositoryFrom(`==> plumbline.yaml <==
layers: { gitops: [.] }
==> team-a/es.yaml <==
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: team-a }
==> .tekton/y.yaml <==
apiVersion: v1
kind: ConfigMap
metadata: { name: y, namespace: team-a }
==> team-a/login.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login, namespace: team-a }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  data: [{ secretKey: password, remoteRef: { key: team-a/web/login, property: password } }]
==> team-a/vault.yaml <==
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: vault }
spec: { provider: { vault: { server: "https://vault.example.com", path: secret } } }
==> team-a/guide/team-a/own.yaml <==
a: b
==> team-a/guide/page.md <==
\`team-a/settings\` \`team-a/own.yaml\` \`.tekton/x.yaml\` \`.tekton/y.yaml\` \`team-a/gone\`
\`team-a/es.yaml:metadata.name\` \`team-a/web/login\` \`team-a/web/logins\` [moved](gone/words.md)
==> team-a/words.md <==
Words.
==> team-a/CHANGELOG.md <==
Took out \`team-a/gone\` and \`ConfigMap/gone\`.
`);
    const engine = await createEngine({ root, docs: root, d2 });
    const pages = ['team-a/guide/page.md', 'team-a/CHANGELOG.md'];
    const { report } = await checkPages(engine, { pages });
    expect(report.diagnostics.map(({ message, candidates }) => [message, candidates])).toEqual([
      ['`team-a/gone` does not exist', []],
      ['`team-a/web/logins` does not exist', []],
      ['the link `gone/words.md` leads to no page', ['../words.md']],
    ]);
    await engine.dispose();
    rmSync(root, { recursive: true });
  });
  it.each([
    ['K8s/shop/governence/namespace.yaml', 'K8s/shop/governance/namespace.yaml'],
    ['K8s/shop/service.yaml', 'K8s/shop/cart/service.yaml'],
    ['IT/argocd/appprojects-*.yaml', 'IT/argocd/appproject-shop.yaml'],
    ['K8s/shop/cart/service.yaml/', 'K8s/shop/cart/service.yaml'],
    ['K8s/*/governance/namespaces.yaml', 'K8s/*/governance/namespace.yaml'],
    ['K8s/**/namespaces.yaml', undefined],
    ['K8s/basket/x', undefined],
  ])('`%s` is not, and `%s` is near', async (path, near) => {
    const fault = await onlyFault(`\`${path}\`\n`);
    expect(fault).toMatchObject({ rule: 'path-missing', words: path });
    expect(fault.candidates[0]).toBe(near);
  });
  it('waves of a repository without applications', async () => {
    const root = repositoryFrom('==> docs/page.md <==\n::waves\n');
    const { report } = await checkPages(await createEngine({ root, d2 }));
    expect(report.diagnostics.map(({ message }) => message)).toEqual([
      'the map of waves shows nothing: there is no application here',
    ]);
  });
  it('a bar that ends the cell of a table within attributes', async () => {
    const page = '| a |\n|---|\n| :fact[1]{count="kind == \'A\' || true"} |\n';
    expect(await onlyFault(page)).toMatchObject({
      rule: 'directive-invalid',
      message: 'the attributes of `:fact` do not parse: a `|` ends the cell of the table',
      help: 'write `\\|` within a table',
    });
  });
  it('a reference by the name that kustomize is given', async () => {
    const root = repositoryFrom(`==> K8s/app/kustomization.yaml <==
nameSuffix: -blue
resources: [service.yaml]
configMapGenerator: [{ name: settings, literals: [a=b] }]
==> K8s/app/service.yaml <==
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
==> docs/page.md <==
\`ConfigMap/settings\` \`Service/web\` \`Service/shop/web\` \`Service/other/web\` \`ConfigMap/setting\` \`Service/settings\`
`);
    const engine = await createEngine({ root, d2 });
    const { report } = await checkPages(engine);
    expect(report.diagnostics.map(({ message }) => message)).toEqual(
      ['Service/other/web', 'ConfigMap/setting', 'Service/settings'].map(
        (name) => `\`${name}\` names no resource of the repository`,
      ),
    );
    await engine.dispose();
    rmSync(root, { recursive: true });
  });
  it('what controllers name is held to nothing', async () => {
    const { diagnostics, checked } = await bench.check('`Pod/cart-0` `Job/migrate` `Pod/shop/cart-5d9f-x`\n');
    expect(diagnostics).toEqual([]);
    expect(checked.references).toBe(0);
  });
  it('a reference that fits several asks which', async () => {
    expect(await faults('`ApplicationSet/shop` `Application/shop-cart` `Secret/shop/database`\n')).toEqual(
      [],
    );
  });
});

describe('d2 fences', () => {
  it('hold edges to the direction of their arrows', async () => {
    const shapes = `${shape('p', 'AppProject/shop')}\n${shape('n', 'Namespace/shop')}\n`;
    for (const edge of ['p -> n', 'n <- p', 'p -- n', 'n -- p'])
      expect(await faults(fence(shapes + edge))).toEqual([]);
    const wrong = await onlyFault(fence(`${shapes}n -> p: wrong way`));
    expect(wrong).toMatchObject({ rule: 'diagram-edge-unbacked', words: 'n -> p', candidates: ['p -> n'] });
    expect(wrong.sources[0]).toMatchObject({ file: 'IT/argocd/appproject-shop.yaml' });
    expect(await onlyFault(fence(`${shapes}n <-> p`))).toMatchObject({ rule: 'diagram-edge-unbacked' });
  });

  it('take edges between what is not bound as drawing', async () => {
    expect(await faults(fence(`a -> b\n${shape('p', 'AppProject/audit')}\np -> a`))).toEqual([]);
  });

  it('hold edges between containers', async () => {
    const body =
      'g: { link: "gitops:AppProject/audit"\n x }\nh: { link: "gitops:Namespace/shop"\n y }\ng -> h\ng.x -> h.y';
    const fault = await onlyFault(fence(body));
    expect(fault).toMatchObject({
      rule: 'diagram-edge-unbacked',
      words: 'g -> h',
      expected: 'AppProject/audit permits Namespace/shop',
    });
    // The line that would have to say so, not just any line of the project.
    expect(fault.sources[0]).toMatchObject({
      file: 'IT/argocd/appproject-audit.yaml',
      path: 'spec.destinations',
    });
  });

  it('let a fence out with a reason only', async () => {
    const body = `${shape('a', 'AppProject/audit')}\n${shape('n', 'Namespace/shop')}\na -> n`;
    expect(await faults(fence(body, 'edges="unchecked: a dream"'))).toEqual([]);
    expect(await onlyFault(fence(body, 'edges="unchecked"'))).toMatchObject({ rule: 'directive-invalid' });
  });

  it('know their options', async () => {
    expect(await onlyFault(fence('a', 'titel="x"'))).toMatchObject({
      rule: 'directive-invalid',
      words: 'titel',
      candidates: ['title'],
    });
    expect(await onlyFault(fence('a', 'layout="grid"'))).toMatchObject({ words: 'grid' });
    expect(await onlyFault(fence('a', 'exact'))).toMatchObject({ message: '`exact` needs `covers`' });
    expect(await onlyFault(fence('a', '{1,3}'))).toMatchObject({ rule: 'directive-invalid' });
  });

  it('cover what they say, exactly where they say so', async () => {
    const both = `${shape('a', 'AppProject/audit')}\n${shape('s', 'AppProject/shop')}\n${shape('n', 'Namespace/shop')}`;
    expect(await faults(fence(both, `covers="kind == 'AppProject'"`))).toEqual([]);
    expect(await onlyFault(fence(both, `covers="kind == 'AppProject'" exact`))).toMatchObject({
      rule: 'diagram-incomplete',
    });
    expect(await onlyFault(fence(both, `covers="kind == 'AppProjects'"`))).toMatchObject({
      rule: 'claim-empty',
      words: "kind == 'AppProjects'",
    });
  });

  it('refuse links that run something', async () => {
    for (const link of [
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
    ]) {
      const fault = await onlyFault(fence(`a: { link: "${link}" }`));
      expect(fault).toMatchObject({ rule: 'diagram-invalid' });
      expect(fault.words).toContain(link);
    }
    expect(await faults(fence('a: { link: "https://example.com" }\nb: { link: "../x/" }'))).toEqual([]);
  });

  it('tell of a link that D2 would drop', async () => {
    expect(await onlyFault(fence('a: { link: " gitops:AppProject/shop" }'))).toMatchObject({
      message: 'D2 drops the link of `a`: it is neither a URL nor a board of the diagram',
    });
  });

  it('import from the model, and from beside the page, and nowhere else', async () => {
    writeFileSync(join(bench.docs, 'part.d2'), 'x -> y\n');
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.d2'), 'stolen\n');
    mkdirSync(join(bench.docs, 'sub'), { recursive: true });
    symlinkSync(join(outside, 'secret.d2'), join(bench.docs, 'sub', 'link.d2'));
    expect(
      await faults(fence('...@gitops/classes\na: { class: project }\nall: @gitops/projects\np: @part')),
    ).toEqual([]);
    expect(await onlyFault(fence('...@gitops/project'))).toMatchObject({
      rule: 'diagram-invalid',
      words: '@gitops/project',
      candidates: expect.arrayContaining(['projects']),
    });
    expect(await onlyFault(fence('x: @nowhere'))).toMatchObject({
      message: expect.stringContaining('no file `nowhere.d2`'),
    });
    expect(await onlyFault(fence('x: @sub/link'))).toMatchObject({
      message: expect.stringContaining('outside'),
    });
    expect(await onlyFault(fence('x: @../secret'))).toMatchObject({
      message: expect.stringContaining('outside'),
    });
    execFileSync('mkfifo', [join(bench.docs, 'pipe.d2')]);
    expect(await onlyFault(fence('x: @pipe'))).toMatchObject({
      message: expect.stringContaining('what is no file'),
    });
    expect(await faults(fence('x: "mail a@gitops.example" # @gitops/none'))).toEqual([]);
  });

  it('tell every error of D2 where it is, in a list in a quote too', async () => {
    const found = await faults(
      '> - ```d2\n>   a -> b\n>   c: { shape: squircle }\n>   d: { shape: blob }\n>   ```\n',
    );
    expect(found.map(({ words }) => words.trim())).toEqual(['squircle', 'blob']);
  });
});

describe('views', () => {
  it.each([
    ['::table{view="wave"}', 'wave'],
    ['::table{view="waves" columns="nam"}', 'nam'],
    ['::table{view="waves" sort="x"}', 'x'],
    ['::table{view="waves" limit="many"}', 'many'],
    ['::diagram{view="project"}', 'project'],
    ['::diagram{view="around" of="Namespace/shopp"}', 'Namespace/shopp'],
  ])('%s points at its value', async (page, words) => {
    const fault = await onlyFault(`${page}\n`);
    expect(fault.words).toBe(words);
  });
});

describe('a resource that two manifests declare', () => {
  const shared = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n';
  const project =
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: web, namespace: argocd}\nspec:\n  destinations: [{server: "*", namespace: web}]\n';
  it('is one resource to a reference, an edge and a cover', async () => {
    const tree = `==> IT/namespace.yaml <==\n${shared}==> K8s/web/namespace.yaml <==\n${shared}==> IT/project.yaml <==\n${project}`;
    const twice = await engineWithPages(repositoryFrom(tree));
    const page = `\`Namespace/web\`\n\n${fence(`${shape('p', 'AppProject/web')}\n${shape('n', 'Namespace/web')}\np -> n`, `covers="kind == 'Namespace'"`)}`;
    expect((await twice.check(page)).diagnostics).toEqual([]);
    await twice.close();
  });
});
