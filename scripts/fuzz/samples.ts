/**
 * Manifests of kinds that the reference platform has none of, or fewer fields of: what mutations begin
 * with.
 */
export const samples: Record<string, readonly string[]> = {
  sets: [
    generators(`
  - list: {elements: [{name: a, ns: web}, {name: b, ns: shop, extra: {deep: [1]}}], elementsYaml: "- {name: c}"}
  - clusters: {selector: {matchLabels: {env: prod}, matchExpressions: [{key: a, operator: In, values: [b]}]}, values: {x: "{{name}}"}}
  - git: {repoURL: https://git.example.com/platform/idp.git, revision: HEAD, directories: [{path: K8s/*}, {path: K8s/b, exclude: true}], pathParamPrefix: p}
  - git: {repoURL: https://git.example.com/platform/idp.git, revision: HEAD, files: [{path: "**/config.json"}], values: {y: "{{path.basename}}"}}`),
    generators(`
  - matrix: {generators: [{list: {elements: [{a: 1}, {a: 2}]}}, {matrix: {generators: [{list: {elements: [{b: x}]}}, {git: {repoURL: r, revision: v, directories: [{path: "*"}]}}]}}]}
  - merge: {mergeKeys: [name], generators: [{list: {elements: [{name: a, v: 1}]}}, {list: {elements: [{name: a, w: 2}]}}]}
    selector: {matchLabels: {name: a}}
    template: {metadata: {labels: {l: x}}, spec: {project: p, destination: {namespace: n}}}`),
    generators(`
  - scmProvider: {github: {organization: o}, filters: [{repositoryMatch: "^a"}]}
  - pullRequest: {github: {owner: o, repo: r}, requeueAfterSeconds: 60}
  - clusterDecisionResource: {configMapRef: c, name: n}
  - plugin: {configMapRef: {name: p}, input: {parameters: {a: b}}}`),
    `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: go, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - list: {elements: [{name: a, n: 3, l: [x, z], m: {k: v}}]}
  strategy: {type: RollingSync, rollingSync: {steps: [{matchExpressions: [{key: env, operator: In, values: [dev]}], maxUpdate: "10%"}]}}
  syncPolicy: {preserveResourcesOnDeletion: true, applicationsSync: create-only}
  ignoreApplicationDifferences: [{jsonPointers: [/spec/source/targetRevision], jqPathExpressions: [.spec.x]}]
  template:
    metadata:
      name: '{{ .name | upper | trunc 5 }}-{{ printf "%03d" .n }}'
      annotations: {a: '{{ range $i, $e := .l }}{{ $i }}{{ $e }}{{ end }}', b: '{{ toYaml .m | nindent 2 }}', c: '{{ if and (eq .name "a") (gt .n 2) }}x{{ else }}z{{ end }}'}
    spec:
      project: '{{ default "p" .none }}'
      source: {repoURL: https://git.example.com/platform/idp.git, targetRevision: main, path: 'K8s/{{ .name }}'}
      destination: {server: https://kubernetes.default.svc, namespace: '{{ index .m "k" }}'}
  templatePatch: |
    spec:
      source:
        helm: {valueFiles: [{{ range .l }}"{{ . }}.yaml",{{ end }}]}
`,
  ],
  applications: [
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io], annotations: {argocd.argoproj.io/sync-wave: "3", argocd.argoproj.io/sync-options: Prune=false}}
spec:
  project: shop
  sources:
  - {repoURL: https://git.example.com/platform/idp.git, targetRevision: HEAD, path: K8s/k, kustomize: {namePrefix: p-, nameSuffix: -s, images: [a=b:1], replicas: [{name: w, count: 2}], commonLabels: {a: b}, commonAnnotations: {c: d}, namespace: n, forceCommonLabels: true, patches: [{target: {kind: Deployment}, patch: "- {op: replace, path: /spec/replicas, value: 1}"}], components: [../c]}}
  - {repoURL: https://git.example.com/platform/idp.git, path: K8s/chart, ref: values, helm: {releaseName: r, valueFiles: [values.yaml, $values/K8s/v.yaml], values: "a: b", valuesObject: {c: {d: e}}, parameters: [{name: x.y[0], value: "1", forceString: true}], fileParameters: [{name: f, path: a.txt}], ignoreMissingValueFiles: true, skipCrds: true, version: v3}}
  - {repoURL: https://charts.example.com, chart: c, targetRevision: 1.*}
  - {repoURL: r, path: K8s/d, directory: {recurse: true, include: "*.yaml", exclude: "{a,b}/*", jsonnet: {extVars: [{name: a, value: b}], libs: [l]}}}
  - {repoURL: r, path: p, plugin: {name: n, env: [{name: A, value: B}], parameters: [{name: q, array: [a]}]}}
  destination: {name: in-cluster, namespace: shop}
  syncPolicy: {automated: {prune: true, selfHeal: true, allowEmpty: false}, syncOptions: [CreateNamespace=true, ServerSideApply=true, ApplyOutOfSyncOnly=true], retry: {limit: 5, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}, managedNamespaceMetadata: {labels: {a: b}}}
  ignoreDifferences: [{group: apps, kind: Deployment, name: w, jsonPointers: [/spec/replicas], jqPathExpressions: [.spec.x], managedFieldsManagers: [m]}]
  info: [{name: a, value: b}]
  revisionHistoryLimit: 3
`,
    `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  description: d
  sourceRepos: ["https://git.example.com/*", "!https://git.example.com/x/*"]
  sourceNamespaces: ["team-*"]
  destinations: [{server: "*", namespace: "shop*"}, {name: in-cluster, namespace: "!kube-*"}]
  clusterResourceWhitelist: [{group: "*", kind: Namespace}]
  clusterResourceBlacklist: [{group: rbac.authorization.k8s.io, kind: "*"}]
  namespaceResourceWhitelist: [{group: "", kind: ConfigMap}]
  namespaceResourceBlacklist: [{group: "", kind: ResourceQuota}]
  orphanedResources: {warn: true, ignore: [{group: "", kind: ConfigMap, name: a*}]}
  syncWindows: [{kind: allow, schedule: "10 1 * * *", duration: 1h, applications: ["*-prod"], namespaces: [shop], clusters: [in-cluster], manualSync: true, timeZone: Europe/Berlin}]
  roles: [{name: r, policies: ["p, proj:shop:r, applications, sync, shop/*, allow"], groups: [g], jwtTokens: [{iat: 1}]}]
  signatureKeys: [{keyID: ABCDEF}]
  destinationServiceAccounts: [{server: "*", namespace: n, defaultServiceAccount: d}]
  permitOnlyProjectScopedClusters: true
`,
    `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
data:
  application.instanceLabelKey: x
  application.resourceTrackingMethod: annotation+label
  resource.exclusions: "- {apiGroups: ['*'], kinds: [Event], clusters: ['*']}"
  resource.inclusions: "- {apiGroups: ['*'], kinds: ['*']}"
  resource.customizations: "argoproj.io/Application: {health.lua: 'return {}', ignoreDifferences: 'jsonPointers: [/a]'}"
  resource.customizations.ignoreDifferences.all: "managedFieldsManagers: [a]"
  globalProjects: "- {labelSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}, projectName: g}"
  kustomize.buildOptions: --enable-helm --load-restrictor LoadRestrictionsNone
  kustomize.enable: "false"
  timeout.reconciliation: 180s
---
apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cmd-params-cm, namespace: argocd}
data: {application.namespaces: "a,b-*,/x/", applicationsetcontroller.enable.progressive.syncs: "true", applicationsetcontroller.policy: sync}
`,
    `apiVersion: v1
kind: Pod
metadata: {name: h, annotations: {argocd.argoproj.io/hook: "PreSync,PostSync", argocd.argoproj.io/hook-delete-policy: HookSucceeded, argocd.argoproj.io/sync-wave: "-5", helm.sh/hook: pre-install, helm.sh/hook-weight: "3", argocd.argoproj.io/compare-options: IgnoreExtraneous, argocd.argoproj.io/sync-options: "Delete=false,Prune=confirm,Replace=true"}}
spec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: s}}, {configMapRef: {name: a}}], env: [{name: E, valueFrom: {secretKeyRef: {name: s, key: k}}}]}], volumes: [{name: v, secret: {secretName: s}}, {name: p, projected: {sources: [{secret: {name: s}}]}}], serviceAccountName: sa, imagePullSecrets: [{name: s}]}
`,
  ],
  policies: [
    `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: a, annotations: {pod-policies.kyverno.io/autogen-controllers: "Deployment,CronJob"}}
spec:
  validationFailureAction: Enforce
  background: true
  validationFailureActionOverrides: [{action: Audit, namespaces: ["a*"], namespaceSelector: {matchLabels: {a: b}}}]
  rules:
  - name: r1
    match: {any: [{resources: {kinds: [Pod, "apps/v1/Deployment", "*/Service.*"], names: ["a?"], namespaces: [shop], selector: {matchLabels: {a: "*"}}, namespaceSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}, operations: [CREATE], annotations: {x: z}}, subjects: [{kind: User, name: u}], roles: [r], clusterRoles: [c]}]}
    exclude: {all: [{resources: {kinds: [Pod], namespaces: [kube-system]}}]}
    preconditions: {all: [{key: "{{ request.object.metadata.name }}", operator: AnyIn, value: [a, b]}]}
    context: [{name: c, configMap: {name: a, namespace: b}}, {name: v, variable: {value: x, jmesPath: "a.b", default: d}}, {name: api, apiCall: {urlPath: /api, jmesPath: "items"}}]
    validate: {message: m, pattern: {spec: {"=(a)": ">1 & <5 | !3", "X(b)": null, "^(c)": [{d: "*"}], "+(e)": f}}, anyPattern: [{a: b}], deny: {conditions: {any: [{key: a, operator: Equals, value: b}]}}, foreach: [{list: "a[]", pattern: {a: b}}], podSecurity: {level: baseline, version: latest, exclude: [{controlName: Capabilities}]}, cel: {expressions: [{expression: "object.a == 1", message: m}]}}
  - name: r2
    match: {resources: {kinds: [Namespace]}}
    mutate: {patchStrategicMerge: {metadata: {labels: {"+(a)": b}}}, patchesJson6902: "- {op: add, path: /a, value: b}", targets: [{apiVersion: v1, kind: ConfigMap, name: a}], foreach: [{list: x, patchStrategicMerge: {a: b}}]}
  - name: r3
    match: {any: [{resources: {kinds: [Namespace]}}]}
    generate: {apiVersion: v1, kind: ConfigMap, name: g, namespace: "{{request.object.metadata.name}}", synchronize: true, data: {data: {a: b}}, clone: {name: a, namespace: b}, cloneList: {namespace: n, kinds: [v1/Secret], selector: {matchLabels: {a: b}}}, foreach: [{list: x}]}
  - name: r4
    match: {any: [{resources: {kinds: [Pod]}}]}
    verifyImages: [{imageReferences: ["*"], attestors: [{entries: [{keys: {publicKeys: k}}]}], mutateDigest: true}]
---
apiVersion: kyverno.io/v2
kind: PolicyException
metadata: {name: e, namespace: n}
spec: {exceptions: [{policyName: a, ruleNames: [r1, "autogen-*"]}], match: {any: [{resources: {kinds: [Pod], namespaces: [n]}}]}}
---
apiVersion: kyverno.io/v2
kind: ClusterCleanupPolicy
metadata: {name: c}
spec: {schedule: "*/5 * * * *", match: {any: [{resources: {kinds: [Pod]}}]}, conditions: {any: [{key: a, operator: Equals, value: b}]}}
---
apiVersion: policies.kyverno.io/v1alpha1
kind: ValidatingPolicy
metadata: {name: vp}
spec: {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}, validations: [{expression: "true"}]}
`,
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: n, namespace: shop}
spec: {podSelector: {matchLabels: {a: b}}, policyTypes: [Ingress, Egress], ingress: [{from: [{namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80, protocol: TCP, endPort: 90}]}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: ServiceAccount, name: sa, namespace: shop}, {kind: Group, name: g}]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: foos.example.com}
spec: {group: example.com, scope: Namespaced, names: {kind: Foo, plural: foos, shortNames: [fo]}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}
`,
  ],
  events: [
    `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es, namespace: events}
spec:
  eventBusName: default
  webhook: {hook: {endpoint: /x, method: POST, port: "12000"}}
  calendar: {tick: {schedule: "* * * * *", interval: 10s, exclusionDates: [], timezone: UTC, filter: {expression: "body.a == 1"}}}
  github: {gh: {repositories: [{owner: o, names: [n]}], events: ["*"], apiToken: {name: s, key: k}}}
  kafka: {k: {url: u, topic: t, partition: "0"}}
  resource: {r: {namespace: n, group: "", version: v1, resource: pods, eventTypes: [ADD], filter: {labels: [{key: a, operation: "==", value: b}]}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: se, namespace: events}
spec:
  eventBusName: default
  dependencies:
  - {name: d1, eventSourceName: es, eventName: hook, filters: {data: [{path: body.x, type: string, comparator: "=", value: ["a.*"], template: "{{ .Input }}"}], exprs: [{expr: "a == 1", fields: [{name: a, path: b}]}], time: {start: "02:30:00", stop: "04:30:00"}, ctx: {type: x}, script: "return true", dataLogicalOperator: or}, transform: {jq: ".a"}}
  - {name: d2, eventSourceName: es, eventName: tick}
  triggers:
  - template: {name: t1, conditions: "d1 && (d2 || d1)", conditionsReset: [{byTime: {cron: "* * * * *", timezone: UTC}}], k8s: {operation: create, source: {resource: {apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: w-}, spec: {workflowTemplateRef: {name: wt}, arguments: {parameters: [{name: p, value: v}]}}}}, parameters: [{src: {dependencyName: d1, dataKey: body, dataTemplate: "{{ .Input.body }}"}, dest: spec.arguments.parameters.0.value, operation: append}]}}
    retryStrategy: {steps: 3, duration: 1s}
    rateLimit: {unit: Second, requestsPerUnit: 1}
  - template: {name: t2, argoWorkflow: {operation: submit, source: {resource: {kind: Workflow, metadata: {name: x}}}}}
  - template: {name: t3, http: {url: http://x, method: POST, payload: [{src: {dependencyName: d1, dataKey: a}, dest: b}]}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default, namespace: events}
spec: {jetstream: {version: latest, replicas: 3}}
`,
    `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: wt, namespace: events}
spec:
  entrypoint: main
  serviceAccountName: sa
  arguments: {parameters: [{name: p, value: v, enum: [v, w]}], artifacts: [{name: a, s3: {key: k}}]}
  templates:
  - {name: main, dag: {tasks: [{name: t, template: x, dependencies: [u], depends: "u.Succeeded", arguments: {parameters: [{name: q, value: "{{inputs.parameters.p}}"}]}, withItems: [1, 2], when: "{{x}} == 1", templateRef: {name: other, template: z, clusterScope: true}}]}}
  - {name: x, steps: [[{name: s, template: c}], [{name: s2, inline: {container: {image: i}}}]], onExit: x}
  - {name: c, container: {image: i, command: [sh], args: ["{{inputs.parameters.q}}"]}, inputs: {parameters: [{name: q}]}, retryStrategy: {limit: 3}}
---
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: cw, namespace: events}
spec: {schedule: "0 * * * *", schedules: ["1 * * * *"], timezone: UTC, concurrencyPolicy: Forbid, workflowSpec: {workflowTemplateRef: {name: wt}}}
`,
  ],
  secrets: [
    `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: e, namespace: shop}
spec: {refreshInterval: 1h, secretStoreRef: {name: st, kind: SecretStore}, target: {name: s, creationPolicy: Merge, deletionPolicy: Retain, template: {type: Opaque, metadata: {labels: {a: b}}, data: {x: "{{ .p }}"}, templateFrom: [{configMap: {name: c, items: [{key: k}]}}], engineVersion: v2}}, data: [{secretKey: k, remoteRef: {key: r, property: p, version: v}, sourceRef: {storeRef: {name: o}}}], dataFrom: [{extract: {key: k}}, {find: {name: {regexp: ".*"}, tags: {a: b}}, rewrite: [{regexp: {source: "(", target: "$1"}}]}, {sourceRef: {generatorRef: {apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: p}}}]}
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: css}
spec: {provider: {vault: {server: http://v, path: p, auth: {kubernetes: {mountPath: m, role: r}}}}, conditions: [{namespaces: [a], namespaceRegexes: ["(x+)+$"], namespaceSelector: {matchLabels: {a: b}}}]}
---
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: {name: ces}
spec: {externalSecretName: n, namespaceSelectors: [{matchLabels: {a: b}}], namespaces: [shop], externalSecretSpec: {secretStoreRef: {kind: ClusterSecretStore, name: css}, target: {name: t}, data: [{secretKey: a, remoteRef: {key: b}}]}}
---
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: ps, namespace: shop}
spec: {secretStoreRefs: [{name: st, kind: SecretStore}], selector: {secret: {name: s}}, data: [{match: {secretKey: k, remoteRef: {remoteKey: r}}}]}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: ss, namespace: shop}
spec: {encryptedData: {a: AgB}, template: {metadata: {name: ss}, type: Opaque}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: ce, namespace: shop}
spec: {secretName: tls, issuerRef: {name: i, kind: ClusterIssuer}, dnsNames: [a.example.com]}
`,
  ],
  routes: [
    `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g, namespace: gw}
spec: {gatewayClassName: c, listeners: [{name: l, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {mode: Terminate, certificateRefs: [{name: tls}]}, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}, kinds: [{kind: HTTPRoute}]}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{name: g, namespace: gw, sectionName: l, port: 443}], hostnames: [a.example.com, "*.b"], rules: [{matches: [{path: {type: PathPrefix, value: /a}, headers: [{name: h, value: v}], method: GET}], backendRefs: [{name: s, port: 80, weight: 1, namespace: other}], filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: rg, namespace: other}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}], to: [{group: "", kind: Service, name: s}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, namespace: shop}
spec: {ingressClassName: n, tls: [{hosts: [a], secretName: tls}], rules: [{host: a, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: shop}
spec: {type: LoadBalancer, selector: {a: b}, ports: [{name: http, port: 80, targetPort: web, nodePort: 30000}], clusterIP: None}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: w, namespace: shop}
spec: {replicas: 2, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{name: web, containerPort: 8080}]}]}}}
`,
  ],
  flux: [
    `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: k, namespace: flux-system}
spec: {interval: 1h, path: ./K8s/k, prune: true, sourceRef: {kind: GitRepository, name: g}, targetNamespace: n, dependsOn: [{name: o}], patches: [{patch: "a: b", target: {kind: X}}], postBuild: {substitute: {a: b}, substituteFrom: [{kind: Secret, name: s}]}, decryption: {provider: sops}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: h, namespace: n}
spec: {interval: 1h, chart: {spec: {chart: c, version: "*", sourceRef: {kind: HelmRepository, name: r}}}, values: {a: b}, valuesFrom: [{kind: Secret, name: s, valuesKey: k}]}
`,
  ],
};

/** Every field that a kustomization knows. */
export const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
metadata: {name: k}
namespace: shop
namePrefix: p-
nameSuffix: -s
resources: [a.yaml, base, ../other]
components: [component]
bases: [base]
crds: [crd.json]
labels: [{pairs: {a: b}, includeSelectors: true, includeTemplates: false, fields: [{path: spec/x, create: true}]}]
commonLabels: {c: d}
commonAnnotations: {e: f}
images: [{name: i, newName: j, newTag: v2, digest: sha256:x}]
replicas: [{name: w, count: 3}]
configMapGenerator: [{name: m, namespace: n, behavior: create, literals: [a=b, "c = d"], files: [f.txt, key=f.txt], envs: [e.env], env: e.env, options: {disableNameSuffixHash: true, immutable: true, labels: {a: b}}}]
secretGenerator: [{name: q, type: Opaque, literals: [a=b], files: [f.txt], envs: [e.env]}]
generatorOptions: {labels: {a: b}, annotations: {c: d}, disableNameSuffixHash: true, immutable: false}
patches: [{path: p.yaml, target: {group: apps, version: v1, kind: Deployment, name: "w.*", namespace: shop, labelSelector: "a=b", annotationSelector: c}, options: {allowNameChange: true, allowKindChange: true}}, {patch: "- {op: add, path: /metadata/labels/x, value: z}", target: {kind: ConfigMap}}]
patchesStrategicMerge: [p.yaml, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: z}}"]
patchesJson6902: [{target: {version: v1, kind: ConfigMap, name: a}, path: j.yaml}, {target: {version: v1, kind: ConfigMap, name: a}, patch: "- {op: test, path: /data/a, value: b}"}]
replacements: [{source: {kind: ConfigMap, name: a, fieldPath: data.x, options: {delimiter: ":", index: 0}}, targets: [{select: {kind: Deployment}, reject: [{name: z}], fieldPaths: ["spec.template.spec.containers.[name=c].image", metadata.name], options: {create: true, delimiter: "/", index: 1}}]}, {path: r.yaml}]
vars: [{name: V, objref: {kind: ConfigMap, name: a, apiVersion: v1}, fieldref: {fieldpath: data.x}}]
configurations: [c.yaml]
generators: [g.yaml, "{apiVersion: builtin, kind: ConfigMapGenerator, metadata: {name: z}, literals: [a=b]}"]
transformers: [t.yaml, "{apiVersion: builtin, kind: PrefixTransformer, metadata: {name: z}, prefix: x-}"]
validators: [v.yaml]
helmCharts: [{name: chart, version: 1.0.0, repo: "", releaseName: r, namespace: n, valuesFile: v.yaml, additionalValuesFiles: [w.yaml], valuesInline: {a: b}, valuesMerge: override, includeCRDs: true, skipHooks: true, skipTests: true, apiVersions: [x/v1], kubeVersion: "1.30", nameTemplate: n}]
helmGlobals: {chartHome: charts, configHome: c}
helmChartInflationGenerator: [{chartName: c, chartRepoUrl: u}]
openapi: {path: o.json, version: v1.20.4}
buildMetadata: [originAnnotations, managedByLabel, transformerAnnotations]
sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Namespace], orderLast: [Pod]}}
`;

function generators(list: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: s, namespace: argocd}
spec:
  generators:${list}
  template:
    metadata: {name: "{{name}}-{{path.basenameNormalized}}", labels: {a: "{{values.x}}"}}
    spec:
      project: shop
      source: {repoURL: https://git.example.com/platform/idp.git, targetRevision: HEAD, path: "{{path}}"}
      destination: {server: "{{server}}", namespace: "{{path[1]}}"}
`;
}
