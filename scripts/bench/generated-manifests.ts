/** The texts that generated platforms are made of. */

export function project(team: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: ${team}
  namespace: argocd
spec:
  description: What ${team} runs
  sourceRepos:
    - ${repository}
  destinations:
    - server: https://kubernetes.default.svc
      namespace: ${team}-*
  clusterResourceWhitelist:
    - group: ""
      kind: Namespace
`;
}

export function applicationSet(team: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${team}
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - git:
        repoURL: ${repository}
        revision: main
        directories:
          - path: K8s/${team}/*
  template:
    metadata:
      name: "{{.path.basename}}"
    spec:
      project: ${team}
      source:
        repoURL: ${repository}
        targetRevision: main
        path: "{{.path.path}}"
      destination:
        server: https://kubernetes.default.svc
        namespace: "${team}-{{.path.basename}}"
      syncPolicy:
        automated:
          prune: true
          selfHeal: true
`;
}

export function policy(team: string): string {
  return `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: limits-${team}
spec:
  validationFailureAction: Audit
  rules:
    - name: memory
      match:
        any:
          - resources:
              kinds: [Deployment]
              namespaces: ["${team}-*"]
      validate:
        message: Every container says how much memory it may have.
        pattern:
          spec:
            template:
              spec:
                containers:
                  - resources:
                      limits:
                        memory: "?*"
`;
}

/** What several applications build on. */
export function base(number: number): Record<string, string> {
  return {
    'settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: base-${number}
data:
  level: info
  address: http://base-${number}.svc
`,
    'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: base-${number}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
`,
  };
}

/** Ten manifests with their kustomization, each in a file of its own. */
export function application(app: Application, traits: Traits): Record<string, string> {
  return {
    'namespace.yaml': namespace(app),
    'deployment.yaml': deployment(app, String(app.replicas)),
    'service.yaml': service(app),
    'account.yaml': `apiVersion: v1\nkind: ServiceAccount\n${metadata(app)}automountServiceAccountToken: false\n`,
    'settings.yaml': settings(app),
    'budget.yaml': `apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata(app)}spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${app.name}
`,
    'network.yaml': network(app),
    ...(traits.hasSecrets
      ? { 'secret.yaml': externalSecret(app) }
      : { 'second.yaml': settings({ ...app, name: `${app.name}-more` }) }),
    ...(traits.isRouted ? { 'route.yaml': route(app) } : { 'job.yaml': job(app) }),
  };
}

/** The same with the manifests as templates of a chart. */
export function chart(app: Application, traits: Traits): Record<string, string> {
  return {
    'Chart.yaml': `apiVersion: v2\nname: ${app.name}\nversion: 1.0.0\n`,
    'values.yaml': `replicas: ${app.replicas}\nlevel: info\n`,
    'templates/namespace.yaml': namespace(app),
    'templates/deployment.yaml': deployment(app, '{{ .Values.replicas }}'),
    'templates/service.yaml': service(app),
    'templates/settings.yaml': settings(app).replace('level: info', 'level: {{ .Values.level }}'),
    'templates/network.yaml': network(app),
    'templates/job.yaml': job(app),
    ...(traits.hasSecrets ? { 'templates/secret.yaml': externalSecret(app) } : {}),
    ...(traits.isRouted ? { 'templates/route.yaml': route(app) } : {}),
  };
}

export function kustomization(resources: readonly string[]): string {
  const list = resources.map((file) => `  - ${file}\n`).join('');
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${list}`;
}

function metadata({ name, team, wave }: Application): string {
  return `metadata:
  name: ${name}
  namespace: ${team}-${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: ${team}
  annotations:
    argocd.argoproj.io/sync-wave: "${wave}"
`;
}

function namespace({ name, team }: Application): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${team}-${name}
  labels:
    example.com/expose: "true"
    example.com/team: ${team}
  annotations:
    argocd.argoproj.io/sync-wave: "-3"
`;
}

function deployment(app: Application, replicas: string): string {
  const { name } = app;
  return `apiVersion: apps/v1
kind: Deployment
${metadata(app)}spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: main
          image: registry.example.com/${name}:1.0.0
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: ${name}
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
            limits:
              memory: 128Mi
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: false
`;
}

function service(app: Application): string {
  return `apiVersion: v1
kind: Service
${metadata(app)}spec:
  selector:
    app.kubernetes.io/name: ${app.name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function settings(app: Application): string {
  return `apiVersion: v1
kind: ConfigMap
${metadata(app)}data:
  level: info
  address: http://${app.name}.${app.team}-${app.name}.svc
`;
}

function network(app: Application): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata(app)}spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${app.name}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              example.com/team: ${app.team}
      ports:
        - port: http
`;
}

function externalSecret(app: Application): string {
  return `apiVersion: external-secrets.io/v1
kind: ExternalSecret
${metadata(app)}spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  target:
    name: ${app.name}
  data:
    - secretKey: password
      remoteRef:
        key: ${app.team}/${app.name}
        property: password
`;
}

function route(app: Application): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
${metadata(app)}spec:
  parentRefs:
    - name: edge
      namespace: gateway
      sectionName: https
  hostnames:
    - ${app.name}.example.com
  rules:
    - backendRefs:
        - name: ${app.name}
          port: 80
`;
}

function job(app: Application): string {
  return `apiVersion: batch/v1
kind: CronJob
${metadata(app)}spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: main
              image: registry.example.com/${app.name}:1.0.0
              resources:
                limits:
                  memory: 64Mi
`;
}

export function firstPage(teams: readonly string[]): string {
  return `---
title: The platform
---

There are :fact[${teams.length}]{count="kind == 'AppProject'"} teams.

::table{view="projects" caption="Teams"}
`;
}

export function teamPage(team: string): string {
  return `---
title: ${team}
---

\`AppProject/${team}\` holds what the team runs; its namespaces say so:
:claim[all of them are labelled]{of="kind == 'Namespace' && name.startsWith('${team}-')" all="labels['example.com/team'] == '${team}'"}.

::table{view="applications" where="project == '${team}'" columns="name, path, namespace" caption="Applications"}
`;
}

/** Some statements about one application, as pages of stacks have them. */
export function applicationPage({ name, team, replicas }: Application): string {
  const own = `namespace == '${team}-${name}'`;
  return `---
title: ${name}
---

\`Deployment/${name}\` runs :fact[${replicas}]{value="resource('Deployment/${name}').spec.replicas"} pods behind
\`Service/${name}\`, and lies under \`K8s/${team}/${name}\`. It is deployed by \`Application/${name}\` of \`AppProject/${team}\`.

:claim[Every container has a limit]{of="kind == 'Deployment' && ${own}" all="spec.template.spec.containers.all(c, has(c.resources.limits))"}.

::table{view="resources" where="${own}" columns="kind, name, wave" caption="Resources"}

See the [other applications](./index.md).
`;
}

export const configuration = `layers:
  bootstrap: [IT]
  gitops: [K8s, bases]
docs: docs
repository:
  url: https://git.example.com/platform/generated.git
`;

export const gateway = `apiVersion: v1
kind: Namespace
metadata:
  name: gateway
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: gateway
spec:
  gatewayClassName: cilium
  listeners:
    - name: https
      protocol: HTTPS
      port: 443
      hostname: "*.example.com"
      tls:
        mode: Terminate
        certificateRefs:
          - kind: Secret
            name: edge-tls
      allowedRoutes:
        namespaces:
          from: Selector
          selector:
            matchLabels:
              example.com/expose: "true"
`;

export const secretStore = `apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: vault
spec:
  provider:
    vault:
      server: https://vault.example.com
      path: kv
      version: v2
      auth:
        kubernetes:
          mountPath: kubernetes
          role: reader
`;

const repository = 'https://git.example.com/platform/generated.git';

interface Application {
  name: string;
  team: string;
  replicas: number;
  wave: number;
}

interface Traits {
  isRouted: boolean;
  hasSecrets: boolean;
}
