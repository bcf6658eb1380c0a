import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nearestPaths } from '../../plugins/checks/commands/command-paths.ts';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { wordsAt } from '../engine/pages.ts';
import { type Bench, engineWithPages, repositoryFrom } from './engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const fence = (command: string) => `\`\`\`sh\n${command}\n\`\`\`\n`;
const check = (command: string) => bench.check(fence(command));

describe('a command that names what there is', () => {
  it.each([
    'kubectl get deploy cart -n shop',
    'kubectl get deployments.apps cart',
    'kubectl get deployments.v1.apps/cart --namespace=shop -o yaml',
    'kubectl -nshop describe svc/cart deploy/cart',
    'kubectl -n shop get deploy,svc cart',
    'kubectl logs -f deploy/cart -n shop -c cart --tail 20',
    'kubectl logs -n shop -f cart-5d9f-x2x',
    'kubectl -n shop exec -it deploy/cart -- kubectl get ns nowhere',
    'kubectl -n shop port-forward svc/cart 8080:80',
    'kubectl -n shop rollout restart deployment cart',
    'kubectl -n shop scale deploy/cart --replicas 3',
    'kubectl -n shop wait --for condition=Available deploy/cart --timeout 60s',
    'kubectl -n shop annotate es database force-sync=1 other-',
    `kubectl -n shop patch deploy cart -p '{"spec": {}}' --type merge`,
    'kubectl -n argocd get app shop-cart -o jsonpath={.status.sync.status}',
    'kubectl get appproj shop,audit -A',
    'kubectl get cpol require-owner',
    'kubectl get ns shop argocd kube-system',
    'kubectl -n shop get secret database',
    'kubectl apply -f K8s/shop/cart/deployment.yaml',
    'kubectl apply -k ./K8s/shop/cart/ && kubectl diff -k K8s/shop/cart',
    'kubectl kustomize K8s/shop/cart | kubectl apply -f -',
    'kustomize build --enable-helm K8s/shop/cart',
    'cd K8s/shop/cart && kustomize build . && kubectl apply -k ../cart/',
    'kubectl apply -k https://git.example.com/shop.git//K8s/shop/cart?ref=main',
    'kubectl apply -k git@git.example.com:shop//K8s/shop/cart',
    'argocd app get shop-cart --refresh',
    'argocd app sync argocd/shop-cart shop-governance --prune',
    'argocd app rollback shop-cart 12',
    'argocd app list -p shop',
    'argocd proj get audit',
    'argocd appset get shop',
    'helm status shop-cart -n shop',
  ])('%s', async (command) => {
    const report = await check(command);
    expect(report.diagnostics).toEqual([]);
    expect(report.unverified).toEqual([]);
  });
});

describe('a command that names what there is not', () => {
  it.each([
    [
      'kubectl get deploy cartt -n shop',
      'cartt',
      'there is no Deployment `cartt` in namespace `shop`',
      'cart',
    ],
    [
      'kubectl -n shop logs deployment/carts',
      'carts',
      'there is no Deployment `carts` in namespace `shop`',
      'cart',
    ],
    [
      'kubectl -n argocd get deploy cart',
      'argocd',
      'Deployment `cart` is in namespace `shop`, not in `argocd`',
      'shop',
    ],
    ['kubectl -n "shopp" get pods', 'shopp', 'no manifest declares or uses a namespace `shopp`', 'shop'],
    [
      'kubectl get pods --namespace=shopp',
      'shopp',
      'no manifest declares or uses a namespace `shopp`',
      'shop',
    ],
    ['kubectl delete ns shopp', 'shopp', 'no manifest declares or uses a namespace `shopp`', 'shop'],
    ['kubectl -n shop edit svc/kart', 'kart', 'there is no Service `kart` in namespace `shop`', 'cart'],
    [
      'kubectl -n shop get secret databse',
      'databse',
      'there is no Secret `databse` in namespace `shop`',
      'database',
    ],
    [
      'kubectl -n shop get secretstore volt',
      'volt',
      'there is no SecretStore `volt` in namespace `shop`',
      'vault',
    ],
    ['argocd app sync shop-cart shop-kart', 'shop-kart', 'there is no Application `shop-kart`', 'shop-cart'],
    ['argocd app list --project shopp', 'shopp', 'there is no AppProject `shopp`', 'shop'],
    ['argocd proj get audits', 'audits', 'there is no AppProject `audits`', 'audit'],
    ['argocd appset get shops', 'shops', 'there is no ApplicationSet `shops`', 'shop'],
    [
      'helm history shop-carts',
      'shop-carts',
      'no chart of the repository is installed as `shop-carts`',
      'shop-cart',
    ],
    [
      'kubectl apply -f K8s/shop/cart/deploymnt.yaml',
      'K8s/shop/cart/deploymnt.yaml',
      '`K8s/shop/cart/deploymnt.yaml` does not exist',
      'K8s/shop/cart/deployment.yaml',
    ],
    ['kubectl apply -k K8s/shop', 'K8s/shop', '`K8s/shop` holds no kustomization', null],
    ['cd K8s/shop && kubectl apply -k .', '.', '`.` holds no kustomization', null],
    [
      'cd K8s/shop/kart && kustomize build . && kubectl apply -k .',
      'K8s/shop/kart',
      '`K8s/shop/kart` does not exist',
      'K8s/shop/cart',
    ],
    ['cd K8s/shop/cart; kustomize build ../carts', '../carts', '`../carts` does not exist', null],
    [
      'kubectl apply -k https://git.example.com/shop.git//K8s/shop/carts?ref=main',
      'https://git.example.com/shop.git//K8s/shop/carts?ref=main',
      '`https://git.example.com/shop.git//K8s/shop/carts?ref=main` does not exist',
      null,
    ],
    ['kubectl get deplyment web', 'deplyment', 'there is no kind `deplyment`', 'deployment'],
    ['kubectl get svc,depolyments -A', 'depolyments', 'there is no kind `depolyments`', 'deployments'],
    ['kubectl -n shop logs stateflset/cart', 'stateflset', 'there is no kind `stateflset`', 'statefulset'],
    ['kustomize build K8s/shop/kart', 'K8s/shop/kart', '`K8s/shop/kart` does not exist', 'K8s/shop/cart'],
  ])('%s', async (command, word, message, replacement) => {
    const page = fence(command);
    const { diagnostics } = await bench.check(page);
    expect(diagnostics.map((one) => [one.rule, one.message])).toEqual([['command-unknown', message]]);
    const [fault] = diagnostics;
    expect(fault?.page && wordsAt(page, fault.page)).toBe(word);
    expect(fault?.fix?.replacement ?? null).toBe(replacement);
    expect(fault?.help).toBeTruthy();
  });

  it('shows the line of what comes nearest', async () => {
    const { diagnostics } = await check('kubectl -n argocd get deploy cart');
    expect(diagnostics[0]?.sources).toMatchObject([
      { file: 'K8s/shop/cart/deployment.yaml', line: 4, role: 'declared here' },
    ]);
  });

  it.each([
    ['K8s/Shop/base', ['K8s/shop/base', 'K8s/web/base']],
    ['K8s/none/base', ['K8s/shop/base', 'K8s/web/base']],
    ['K8s/shop/base/web/kustomization.yaml', ['K8s/web/base/kustomization.yaml']],
    ['pages/of/base', []],
    ['pages/of/pod.yaml', ['K8s/shop/base/pod.yaml']],
  ])('takes for the nearest of %s what lies in folders of the same names', (path, nearest) => {
    const files = ['K8s/web/base/kustomization.yaml', 'K8s/shop/base/pod.yaml'];
    expect(nearestPaths(path, files)).toEqual(nearest);
  });

  it('names what has the name instead', async () => {
    const { diagnostics } = await check('kubectl -n shop get es cart');
    expect(diagnostics[0]?.actual).toBe(
      'searched 2 of kind EventSource or ExternalSecret in namespace `shop`; `Deployment/cart` has the name',
    );
  });

  it('tells of a namespace that there is not, and not of what was looked for in it', async () => {
    const { diagnostics } = await check('kubectl -n shopp get deploy cart');
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'no manifest declares or uses a namespace `shopp`',
    ]);
  });

  it('tells every wrong name of a command, each once', async () => {
    const { diagnostics } = await check('kubectl -n shop get deploy cartt cart carts');
    expect(diagnostics.map(({ page }) => page?.column)).toEqual([28, 39]);
  });
});

describe('what cannot be known is not asked', () => {
  it.each([
    'kubectl -n <namespace> get deploy <name>',
    'kubectl -n $NS get deploy "$APP"',
    'kubectl -n my-namespace get deploy my-app',
    'kubectl get deploy DEPLOYMENT_NAME -n shop',
    'kubectl -n shop get pod cart-0 && kubectl -n shop delete job/migrate',
    'kubectl get nodes node-1 && kubectl drain worker-2',
    'kubectl -n kube-system logs ds/cilium && kubectl -n default get svc kubernetes',
    'kubectl -n shop get widgets gadget',
    'kubectl -n shop get routes web && oc get rules,roless,modes',
    'kubectl -n shop get xdeployment,sdeployment,rollouts,ingres,endpoint web',
    'kubectl -n shop exec deploy/cart -- ls deplyment/web',
    'kubectl --context other -n elsewhere get deploy web',
    'kubectl apply -f my.yaml -f https://example.com/x.yaml',
    'cd K8s && kubectl apply -k K8s/none',
    'kustomize build . && kubectl apply -k ./ && kubectl apply -k ../shop',
    'cd somewhere && kustomize build .',
    'cd K8s/shop/my-app && kustomize build .',
    'cd "K8s/$APP" && kustomize build .',
    'mkdir -p K8s/shop/kart && cd K8s/shop/kart && kustomize build .',
    'mkdir -p K8s/shop/kart/ && kubectl apply -k ./K8s/shop/kart && kubectl apply -f K8s/shop/kart/a.yaml',
    'kubectl apply -k K8s/my-component/ -n my-test',
    'kubectl apply -k https://git.example.com/shop.git//K8s/shop/carts?ref=v1.0.0',
    'kubectl apply -k https://git.example.com/other.git//K8s/shop/carts',
    'kubectl apply -f https://git.example.com/shop/releases/download/v1/install.yaml',
    'helm install --generate-name --namespace shop oci://x/y && kubectl -n shop get deploy y',
    'helm template bitnami/nginx && helm install web bitnami/nginx',
    'kubectl config use-context nowhere && kubectl krew install x',
    'kubectl create namespace trial && kubectl -n trial create deployment web --image x && kubectl -n trial get deploy/web',
  ])('%s', async (command) => {
    expect((await check(command)).diagnostics).toEqual([]);
  });

  it('is not verified where the page installs what may serve the kind', async () => {
    const { diagnostics, unverified } = await check('helm install x oci://x/y\nkubectl get deplyment web');
    expect(diagnostics).toEqual([]);
    expect(unverified.map(({ what }) => what)).toEqual(['kind deplyment in a command']);
  });

  it('is not verified where a controller, a policy or the page itself may have made it', async () => {
    const { diagnostics, unverified } = await check(
      'kubectl -n shop get deploy git-eventsource\nkubectl get issuer letsencrypt\nkubectl -n shop get secret token',
    );
    expect(diagnostics).toEqual([]);
    expect(unverified.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'Deployment git-eventsource in a command: the controller of EventSource/git may make it',
      'Issuer letsencrypt in a command: no Issuer is in the repository to compare with',
      'Secret token in a command: programs make a Secret of their own',
    ]);
    const made = await check('kubectl apply -f - <<EOF\nEOF\nkubectl -n shop get deploy cartt');
    expect(made.diagnostics).toEqual([]);
    expect(made.unverified.map(({ why }) => why)).toEqual(['the page itself installs `-`']);
    const before = await check(
      'kubectl -n shop get deploy cartt\nkubectl -n trial apply -f x.yaml\nkubectl -n shop get deploy carts',
    );
    expect(before.diagnostics.map(({ page }) => page?.line)).toEqual([2, 4]);
  });

  it.each([
    ['', 'argocd-redis', ['not verified: the installation of Argo CD itself is not in this repository']],
    [
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: argocd }\n',
      'argocd-redis',
      ['not verified: the installation of Argo CD itself is not in this repository'],
    ],
    [
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: argocd }\n',
      'sidecars',
      ['there is no Deployment `sidecars` in namespace `argocd`'],
    ],
    [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: argocd-server, namespace: argocd }\nspec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } } } }\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: argocd }\n',
      'argocd-sever',
      ['there is no Deployment `argocd-sever` in namespace `argocd`'],
    ],
  ])('of Argo CD itself is not verified where that is not read: %j, %s', async (declared, name, expected) => {
    const root = repositoryFrom(`==> K8s/project.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: web, namespace: argocd }
==> K8s/side.yaml <==
apiVersion: apps/v1
kind: Deployment
metadata: { name: sidecar, namespace: web }
spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } } } }
==> K8s/argocd.yaml <==
${declared}`);
    writeFileSync(join(root, 'docs/page.md'), fence(`kubectl -n argocd rollout status deploy ${name}`));
    const engine = await createEngine({ root, d2 });
    const { report } = await checkPages(engine);
    await engine.dispose();
    expect([
      ...report.diagnostics.filter(({ page }) => page !== null).map(({ message }) => message),
      ...report.unverified.filter(({ kind }) => kind === 'command').map(({ why }) => `not verified: ${why}`),
    ]).toEqual(expected);
  });

  it('is not verified where no manifest speaks of a namespace', async () => {
    const root = repositoryFrom(
      '==> K8s/a.yaml <==\napiVersion: v1\nkind: PersistentVolume\nmetadata: { name: a }\n',
    );
    writeFileSync(join(root, 'docs/page.md'), fence('kubectl -n web get deploy x1'));
    const engine = await createEngine({ root, d2 });
    const { report } = await checkPages(engine);
    await engine.dispose();
    expect(report.diagnostics.filter(({ page }) => page !== null)).toEqual([]);
    expect(report.unverified.map(({ why }) => why)).toContain('no manifest speaks of a namespace');
  });

  // A chart of a known publisher brings no store of a platform's own; one of anybody else may.
  it.each([
    ['https://charts.bitnami.com/bitnami', ['there is no SecretStore `valt` in namespace `web`']],
    ['https://charts.example.com', []],
  ])(
    'is not verified where a chart of %s may bring it, and wrong in other namespaces',
    async (repo, stores) => {
      const root = repositoryFrom(`==> K8s/web/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: web
helmCharts:
  - { name: nginx, repo: "${repo}", version: 1.0.0, releaseName: nginx }
resources: [deployment.yaml, store.yaml]
==> K8s/web/deployment.yaml <==
apiVersion: apps/v1
kind: Deployment
metadata: { name: front, namespace: web }
spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } } } }
==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: web }
==> K8s/other/deployment.yaml <==
apiVersion: apps/v1
kind: Deployment
metadata: { name: back, namespace: other }
spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } } } }
`);
      writeFileSync(
        join(root, 'docs/page.md'),
        fence(
          'kubectl -n web get deploy nginx\nkubectl -n other get deploy bakk\nkubectl -n web get secretstore valt\nhelm status nginx -n web',
        ),
      );
      const engine = await createEngine({ root });
      const { report } = await checkPages(engine);
      await engine.dispose();
      const told = report.diagnostics.filter(({ page }) => page !== null).map(({ message }) => message);
      expect(told).toEqual(['there is no Deployment `bakk` in namespace `other`', ...stores]);
      expect(report.unverified.map(({ what }) => what)).toContain('Deployment nginx in a command');
    },
  );
});

describe('a page of a repository in which nothing is deployed by Argo CD', () => {
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: front, namespace: web }\nspec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } } } }\n';

  async function reportOf(page: string, more: Record<string, string> = {}) {
    const root = repositoryFrom(`==> K8s/web/deployment.yaml <==\n${deployment}`);
    for (const [path, text] of Object.entries({ ...more, 'docs/page.md': page })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    if (more['.gitignore'] !== undefined) execFileSync('git', ['init', '--quiet', root]);
    const engine = await createEngine({ root });
    const { report } = await checkPages(engine);
    await engine.dispose();
    return report;
  }

  it('is not verified of a namespace in which nothing of the repository runs', async () => {
    const map = (namespace: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rules, namespace: ${namespace}}\n`;
    const web = (name: string, namespace: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {template: {spec: {containers: []}}}\n`;
    const files = {
      'K8s/apps/web/all.yaml': [web('web', 'web'), map('watch')].join('---\n'),
      'K8s/app.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec: {source: {repoURL: "https://git.example.com/a.git", path: K8s/apps/web}, destination: {server: "https://kubernetes.default.svc", namespace: web}}\n',
      'plumbline.yaml': 'repository: {url: "https://git.example.com/a.git"}\n',
    };
    const commands = ['watch get deploy grafana', 'web get deploy grafana', 'watch get cm rulez'];
    const page = `\`\`\`sh\n${commands.map((one) => `kubectl -n ${one}\n`).join('')}\`\`\`\n`;
    const { diagnostics, unverified } = await reportOf(page, files);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'there is no Deployment `grafana` in namespace `web`',
      'there is no ConfigMap `rulez` in namespace `watch`',
    ]);
    expect(unverified.map(({ why }) => why)).toEqual([
      'nothing here runs in namespace watch: what does comes from elsewhere',
    ]);
  });

  it('may name what somebody installed by hand, but misspells nothing', async () => {
    const { diagnostics, unverified } = await reportOf(
      fence(
        'kubectl -n web get deploy dashboard\nkubectl -n web get deploy fronts\nkubectl -n vault get pods\nkubectl -n webs get pods',
      ),
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'there is no Deployment `fronts` in namespace `web`',
      'no manifest declares or uses a namespace `webs`',
    ]);
    expect(unverified.map(({ what }) => what)).toEqual([
      'Deployment dashboard in a command',
      'namespace vault in a command',
    ]);
  });

  it('may be let be by a suppression, of which nobody knows whether it is needed', async () => {
    const ignored = (command: string) =>
      `<!-- plumbline-ignore command-unknown: by hand -->\n\n${fence(command)}`;
    const { diagnostics } = await reportOf(
      `${ignored('kubectl -n web get deploy dashboard')}\n${ignored('kubectl -n web get deploy front')}`,
    );
    expect(diagnostics.map(({ rule, page }) => [rule, page?.line])).toEqual([['suppression-unused', 7]]);
  });

  it('may name what it shows in a manifest', async () => {
    const shown =
      '1. Save this:\n\n        apiVersion: v1\n        kind: Service\n        metadata:\n          name: fronts\n          namespace: shown\n\n';
    const { diagnostics } = await reportOf(
      `${shown}${fence('kubectl -n shown get svc fronts\nkubectl -n web get deploy fronts')}`,
    );
    expect(diagnostics).toEqual([]);
  });

  it('may name a chart of a registry as Helm does, and none that would lie here', async () => {
    const page = fence(
      'helm install --generate-name web/web\nhelm install a charts/gone\nhelm template ./web/gone',
    );
    const files = {
      'K8s/web/web.txt': '',
      'web/a.yaml': '',
      'charts/b/Chart.yaml': 'apiVersion: v2\nname: b\nversion: 0.1.0\n',
    };
    const config = 'layers: { gitops: [.] }\n';
    const { diagnostics } = await reportOf(page, { ...files, 'plumbline.yaml': config });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`charts/gone` does not exist',
      '`./web/gone` does not exist',
    ]);
  });

  it('may name files that Git is told to ignore', async () => {
    const page = `The keys are in \`K8s/web/keys/\`, not in \`K8s/web/gone.yaml\`.\n\n${fence('kubectl apply -f K8s/web/made.yaml -f K8s/web/gone.yaml')}`;
    const { diagnostics } = await reportOf(page, { '.gitignore': 'made.yaml\nkeys/\n!gone.yaml\n' });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`K8s/web/gone.yaml` does not exist',
      '`K8s/web/gone.yaml` does not exist',
    ]);
  });

  it('is held to the manifests where what is named like it makes nothing of its own', async () => {
    const page = fence('kubectl -n web get deploy frontt');
    const beside = (kind: string) => ({
      'K8s/web/own.yaml': `apiVersion: example.com/v1\nkind: ${kind}\nmetadata: {name: front, namespace: web}\n`,
    });
    const held = await reportOf(page, beside('IngressRoute'));
    expect(held.diagnostics.map(({ rule }) => rule)).toEqual(['command-unknown']);
    const open = await reportOf(page, beside('Canary'));
    expect(open.unverified.map(({ why }) => why)).toEqual(['the controller of Canary/front may make it']);
  });

  it('may apply a file that a sentence has the reader make', async () => {
    const made = 'Create `K8s/web/gateway.yaml`:\n\n```yaml\na: b\n```\n\n';
    const { diagnostics } = await reportOf(
      `${made}${fence('kubectl apply -f K8s/web/gateway.yaml -f K8s/web/gone.yaml')}`,
    );
    expect(diagnostics.map(({ message }) => message)).toEqual(['`K8s/web/gone.yaml` does not exist']);
  });

  it('means a folder that is called as an example is, where it is there', async () => {
    const page = `In \`K8s/my-shop/gone.yaml\`, not in \`K8s/my-app/gone.yaml\`.\n\n${fence('kubectl apply -f K8s/my-shop/lost.yaml -f K8s/my-app/lost.yaml')}`;
    const { diagnostics } = await reportOf(page, { 'K8s/my-shop/deployment.yaml': deployment });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`K8s/my-shop/gone.yaml` does not exist',
      '`K8s/my-shop/lost.yaml` does not exist',
    ]);
  });

  it('may link to a page that Git is told to ignore, as a build makes it', async () => {
    const page = 'See [what comes](next.md) and [what was](last.md).\n';
    const { diagnostics, unverified } = await reportOf(page, { '.gitignore': 'docs/next.md\n' });
    expect(diagnostics.map(({ message }) => message)).toEqual(['the link `last.md` leads to no page']);
    expect(unverified).toMatchObject([{ kind: 'link', why: 'Git ignores it: a set-up or a build makes it' }]);
  });

  it('may tell of another repository in the sentence that leads to a path', async () => {
    const files = { 'addons/a.yaml': '', 'plumbline.yaml': 'layers: { gitops: [.] }\n' };
    const { diagnostics } = await reportOf(
      'It is big. In the customer repo, the rest lies under:\n\n`addons/theirs`\n\nThe customer repo’s overlay says:\n\n`addons/their/overlay.yaml`\n\nIn this repo it lies under:\n\n`addons/ours`\n',
      files,
    );
    expect(diagnostics.map(({ message }) => message)).toEqual(['`addons/ours` does not exist']);
  });

  it('may tell what was, what is made, a guess and the name of another repository', async () => {
    const files = { 'addons/a.yaml': '', 'plumbline.yaml': 'layers: { gitops: [.] }\n' };
    const { diagnostics } = await reportOf(
      `It follows [theirs](https://github.com/addons/theirs/pull/1): \`addons/theirs\`, not \`addons/their\`.

| Old | New |
|---|---|
| \`addons/left\` (with \`addons/too\`) | \`addons/right\` |

Those with the old layout (\`addons/chart\`, \`addons/rbac\`) move. The old layout moved to \`addons/now\`.

**Before (\`addons/before.yaml\`):** Set in \`addons/guess.yaml\` (or equivalent) or \`addons/sure.yaml\`.

They speak of \`addons/one.yaml\` and \`addons/two.yaml\`, none of which exists. See \`addons/three.yaml\`.

- \`addons/whole/\` - entire directory removed
- \`addons/half/\` - the rest

The first were derived from:

- \`addons/01.json\`

The rest is read from:

- \`addons/02.json\`

For each kind, create example files in \`addons/kinds/\`. The controller creates Secrets in \`addons/secrets\`.

\`\`\`sh
flux bootstrap github --path=addons/dev
mkdir -p addons/test
\`\`\`

It commits Flux to \`addons/dev/flux-system\`; change \`addons/test/apps.yaml\`, not \`addons/dev/apps.yaml\`.
`,
      files,
    );
    expect(diagnostics.map(({ message }) => /`addons\/(.*)`/.exec(message)?.[1])).toEqual([
      'their',
      'right',
      'now',
      'sure.yaml',
      'three.yaml',
      'half/',
      '02.json',
      'secrets',
      'dev/apps.yaml',
    ]);
  });

  it('may tell a pattern from a folder that it speaks of, and no path', async () => {
    const files = {
      'addons/a.yaml': '',
      'clusters/one/addons/web/values.yaml': '',
      'plumbline.yaml': 'layers: { gitops: [.] }\n',
    };
    const { diagnostics } = await reportOf(
      '1. Create the set at `addons/new.yaml`\n2. Place it beside them (e.g. `addons/beside.yaml`)\n- Port of [`acme/flux` — `addons/theirs`](https://github.com/acme/flux/tree/main/addons/theirs) (with `addons/theirs/values`, not `addons/ours`)\n- As theirs (`acme/flux` → `addons/{a,b}`), not `addons/web` → `addons/moved`, of `addons/v9` and `addons/v1beta1`\n2. **Write** it to `addons/two.yaml`. See `addons/see.yaml`\n- **Output artifacts**: `addons/build/a.img`\n- Output goes to `addons/made/`. Copy [it](https://example.com/a.b) to `addons/copied` and see `addons/seen`\n- Leave generated trees: `addons/vendor/`, `addons/site/`\n- The old files under `addons/removed/` are intentionally removed, and `addons/off` no longer exists\n- It was removed from `addons/kept`\n- **Files:** Create `addons/soon`, Delete: `addons/past`\n- `addons/{{name}}/values.yaml`, `addons/{{name}}/lost.yaml`\n\n| File | Action |\n|---|---|\n| `addons/planned` | Create (later) |\n\n- Upstream (`web/web`) is slow, its `addons/docs/a.md` says\n- The image and its `addons/own.md`\n- From the Flux repo (`addons/flux`), Flux repo / `HEAD` / `addons/head`, and instead of every cluster repo composing its own `addons/overlay` the branch `addons/branch`\n- In `addons/a.yaml:1,3-4`, and this repo (`addons/this`)\n\nAdding a new environment (e.g. staging) requires only:\n\n1. `addons/envs/staging.json`\n2. Add to `addons/all.yaml`\n\nTo add another, see:\n\n- `addons/gone.md`\n\nThen `addons/new-eks-cluster/values.yaml`\n\n### Step 2: Create Base Values\n\n**File**: `addons/base.yaml`\n\n### Where they are\n\n**File**: `addons/lost.yaml`\n\n`addons/<name>/values.yaml`, `addons/<name>/gone.yaml`, `addons/web/values.yaml`\n',
      files,
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`addons/ours` does not exist',
      '`addons/web` does not exist',
      '`addons/moved` does not exist',
      '`addons/see.yaml` does not exist',
      '`addons/seen` does not exist',
      '`addons/kept` does not exist',
      'no file matches `addons/<name>/lost.yaml`',
      '`addons/own.md` does not exist',
      '`addons/this` does not exist',
      '`addons/all.yaml` does not exist',
      '`addons/gone.md` does not exist',
      '`addons/lost.yaml` does not exist',
      'no file matches `addons/<name>/gone.yaml`',
      '`addons/web/values.yaml` does not exist',
    ]);
  });
});
