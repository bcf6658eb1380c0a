import type { Ways } from '../ways.ts';

const policy = (rule: string) =>
  `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: NAME}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: [KIND]}}]}, ${rule}}]}\n`;

/** Resources of which a controller makes or changes a Secret. */
export const operators: Ways = {
  'a sealed one in the clear': {
    'a.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: NAME}\nspec: {template: {data: {x: N}, stringData: {z: N}}}\n',
  },
  'a template of an ExternalSecret': {
    'a.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: NAME}\nspec: {secretStoreRef: {name: s}, target: {name: q, template: {data: {x: "user:N@{{ .host }}"}}}, data: [{secretKey: host, remoteRef: {key: k}}]}\n',
  },
  'a text in the template of an ExternalSecret': {
    'a.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: NAME}\nspec: {secretStoreRef: {name: s}, target: {name: q, template: {templateFrom: [{literal: "x: N"}]}}}\n',
  },
  'a template for many namespaces': {
    'a.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ClusterExternalSecret\nmetadata: {name: NAME}\nspec: {externalSecretSpec: {target: {name: q, template: {data: {x: N}}}}}\n',
  },
  'a store with values of its own': {
    'a.yaml':
      'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: NAME}\nspec: {provider: {fake: {data: [{key: k, value: N}, {key: l, valueMap: {z: N}}]}}}\n',
  },
  'a generator of fakes': {
    'a.yaml':
      'apiVersion: generators.external-secrets.io/v1alpha1\nkind: Fake\nmetadata: {name: NAME}\nspec: {data: {x: N}}\n',
  },
  'a template of a PushSecret': {
    'a.yaml':
      'apiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: {name: NAME}\nspec: {selector: {secret: {name: q}}, template: {data: {x: N}}}\n',
  },
  'a template of SOPS': {
    'a.yaml':
      'apiVersion: isindir.github.com/v1alpha3\nkind: SopsSecret\nmetadata: {name: NAME}\nspec: {secretTemplates: [{name: q, stringData: {x: N}}, {name: r, data: {x: E}}]}\n',
  },
  'what SOPS encrypted': {
    'a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata: {a: "ENC[AES256_GCM,data:N,iv:x]"}\nsops: {mac: "ENC[N]", version: 3, pgp: [{enc: "N"}], age: [{enc: N}]}\n',
  },
  'what SOPS encrypted of a Secret': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\nstringData: {a: "ENC[AES256_GCM,data:N,iv:x]", q_unencrypted: N}\n#ENC[AES256_GCM,data:N,type:comment]\nsops: {mac: "ENC[N]", version: 3}\n',
  },
  'a rule that writes into them': {
    'a.yaml': policy('mutate: {patchStrategicMerge: {stringData: {+(x): N}}}').replace('KIND', 'Secret'),
  },
  'a rule that writes into any kind': {
    'a.yaml': policy('mutate: {patchesJson6902: "- {op: add, path: /data/x, value: N}"}').replace(
      'KIND',
      '"*"',
    ),
  },
  'a rule that writes into them by their group': {
    'a.yaml': policy('mutate: {patchStrategicMerge: {data: {x: E}}}').replace('KIND', 'v1/Secret'),
  },
  'a rule that writes into each': {
    'a.yaml': policy(
      'mutate: {foreach: [{list: q, patchStrategicMerge: {stringData: {x: N}}, patchesJson6902: "- {op: add, path: /data/x, value: N}"}]}',
    ).replace('KIND', 'Secret'),
  },
  'a rule that writes into those that there are': {
    'a.yaml': policy(
      'mutate: {targets: [{apiVersion: v1, kind: Secret, name: q}], patchStrategicMerge: {stringData: {x: N}}}',
    ).replace('KIND', 'Namespace'),
  },
  'a rule that makes them': {
    'a.yaml': policy('generate: {apiVersion: v1, kind: Secret, name: q, data: {stringData: {x: N}}}').replace(
      'KIND',
      'Namespace',
    ),
  },
  'a rule that makes a whole one': {
    'a.yaml': policy(
      'generate: {apiVersion: v1, kind: Secret, name: q, data: {kind: Secret, data: {x: E}}}',
    ).replace('KIND', 'Namespace'),
  },
  'a rule that makes several': {
    'a.yaml': policy(
      'generate: {foreach: [{list: q, apiVersion: v1, kind: Secret, name: q, data: {stringData: {x: N}}}]}',
    ).replace('KIND', 'Namespace'),
  },
  'a rule that holds them to a value': {
    'a.yaml': policy(
      'validate: {message: m, pattern: {stringData: {x: N}}, deny: {conditions: {any: [{key: "{{ request.object.data.x }}", operator: Equals, value: q}]}}}',
    ).replace('KIND', 'Secret'),
  },
  'a kubeconfig': {
    'a.yaml': 'apiVersion: v1\nkind: Config\nusers: [{name: q, user: {token: N, client-key-data: E}}]\n',
  },
  'keys of the API server': {
    'a.yaml':
      'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: [{resources: [secrets], providers: [{aescbc: {keys: [{name: q, secret: E}]}}]}]\n',
  },
  'a repository of Argo CD': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME, namespace: argocd, labels: {argocd.argoproj.io/secret-type: repository}}\nstringData: {url: "https://u:N@git.example.com/q.git", password: N, sshPrivateKey: N}\n',
  },
  'credentials of Argo CD': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME, namespace: argocd, labels: {argocd.argoproj.io/secret-type: repo-creds}}\nstringData: {url: "https://git.example.com/N", password: N}\n',
  },
  'a cluster of Argo CD': {
    'a.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME, namespace: argocd, labels: {argocd.argoproj.io/secret-type: cluster}}\nstringData: {name: q, server: "https://q", config: \'{"bearerToken": "N"}\'}\n',
  },
};
