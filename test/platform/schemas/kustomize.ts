import { boolean, list, object, string, strings, texts } from './build.ts';

/** kustomize ignores a field that it does not know inside `helmCharts`, and says nothing. */
const helmChart = object(
  {
    name: string,
    repo: { type: 'string', pattern: '^https://' },
    // Exact: a range would let the same commit install two things.
    version: { type: 'string', pattern: '^v?[0-9]+\\.[0-9]+\\.[0-9]+$' },
    releaseName: string,
    namespace: string,
    valuesFile: string,
  },
  { includeCRDs: boolean, skipTests: boolean },
);

const configMap = object(
  { name: string, namespace: string, files: strings },
  { options: object({}, { disableNameSuffixHash: boolean, labels: texts, annotations: texts }) },
);

export const kustomization = object(
  {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
  },
  {
    resources: strings,
    helmCharts: list(helmChart),
    configMapGenerator: list(configMap),
    labels: list(object({ pairs: texts }, {})),
  },
);
