import { z } from 'zod';

const parameterSet = z
  .record(z.string(), z.json())
  .describe('One set of parameters: name and value, as the template uses them.');

const cluster = z.strictObject({
  name: z.string().min(1).describe('Name of the cluster in Argo CD.'),
  server: z.string().min(1).describe('URL of its API.'),
  project: z.string().optional().describe('Project that the cluster belongs to.'),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe('Labels of its Secret, which generators select by.'),
  annotations: z.record(z.string(), z.string()).optional().describe('Annotations of its Secret.'),
});

export const appliedSchema = z.union([
  z.string().min(1),
  z.strictObject({
    path: z.string().min(1).describe('Folder, relative to the root.'),
    namespace: z.string().min(1).optional().describe('Namespace that a chart is installed into.'),
    values: z
      .array(z.string().min(1))
      .optional()
      .describe('Value files of a chart, relative to the root; later ones win.'),
  }),
]);

export const generatorsSchema = z
  .object({
    clusters: z
      .array(cluster)
      .optional()
      .describe(
        "Clusters that Argo CD knows, for `clusters` generators and for destinations that name one. Argo CD's own is added as it adds it.",
      ),
  })
  .catchall(
    z
      .union([z.array(parameterSet), z.record(z.string(), z.array(parameterSet))])
      .describe(
        'Parameters of one ApplicationSet, by its name: a list for every generator of it that needs a cluster or a network, or a list by kind of generator (`pullRequest: [...]`).',
      ),
  )
  .describe(
    'What generators would find that ask a cluster or a network. Without it their Applications are unverified.',
  );

const kubernetesVersion = z
  .string()
  .regex(/^v?\d+\.\d+(\.\d+)?$/, 'is no version of Kubernetes, such as `"1.34"`');

const engineVersion = z
  .string()
  .regex(
    /^v?\d+(\.\d+){0,2}$/,
    'is no version, such as `"5.8.1"` or `"5.8"`: a repository names versions, and never a program',
  );

export const kubernetesSchema = z.union([
  kubernetesVersion,
  z.strictObject({
    version: kubernetesVersion.optional().describe('As above.'),
    apiVersions: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9.-]+\/v\d\w*(\/[A-Z]\w*)?$/,
            'is no API: `GROUP/VERSION` or `GROUP/VERSION/KIND`, as `monitoring.coreos.com/v1/ServiceMonitor`',
          ),
      )
      .optional()
      .describe(
        "All that the clusters serve beside Kubernetes' own and what the manifests bring, `GROUP/VERSION` and `GROUP/VERSION/KIND`; an empty list says that there is nothing else.",
      ),
  }),
]);

/** Configuration is data: `plumbline.yaml` at the root, checked by this schema; nothing in it is ever run. */
export const configSchema = z
  .strictObject({
    layers: z
      .strictObject({
        bootstrap: z
          .array(z.string().min(1))
          .optional()
          .describe('Folders that are applied once, by hand or script.'),
        gitops: z.array(z.string().min(1)).optional().describe('Folders that Argo CD reconciles.'),
      })
      .optional()
      .describe(
        'The manifest folders, relative to the root. Default: IT and K8s, else everything under the root.',
      ),
    deploy: z
      .array(appliedSchema)
      .optional()
      .describe(
        'Charts and folders that somebody applies by hand or by a script, such as the one that begins it all. Charts are rendered, and what they hold deploys what it names.',
      ),
    docs: z.string().min(1).optional().describe('Folder of the pages, relative to the root. Default: docs.'),
    slugs: z
      .enum(['github', 'gitlab', 'mkdocs', 'jekyll', 'hugo'])
      .optional()
      .describe(
        'What makes the anchors of headings. Default: those of an Astro site where there is one, else of any of these.',
      ),
    site: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'Public address of the built pages, with its base: reports then link to the pages of the rules.',
      ),
    repository: z
      .strictObject({
        url: z
          .union([z.string().min(1), z.array(z.string().min(1))])
          .optional()
          .describe('What manifests call this repository. Default: the Git remote origin.'),
        browse: z
          .string()
          // No scheme that could run something, and none that hides behind blanks or entities.
          .regex(/^(?:https?:\/\/|\/|\.)/, 'is not an address on the web: it begins with `https://` or `/`')
          .nullable()
          .optional()
          .describe('Template of source links with {commit}, {file} and {line}; null for no links.'),
      })
      .optional(),
    generators: generatorsSchema.optional(),
    kubernetes: kubernetesSchema
      .optional()
      .describe(
        'Version of Kubernetes that the clusters run, such as `"1.34"`, as charts ask it (`.Capabilities.KubeVersion`). Left out, it is the one that Helm knows.',
      ),
    engines: z
      .strictObject({
        kustomize: engineVersion.optional().describe('Of kustomize, such as `"5.8.1"` or `"5.8"`.'),
        helm: engineVersion.optional().describe('Of Helm, such as `"3.19"`.'),
      })
      .optional()
      .describe(
        'Versions of the engines that must render the manifests: they are looked for where engines are, and a run ends where they are not there. Left out, any will do.',
      ),
    values: z
      .record(z.string().regex(/^\w+$/), z.string())
      .optional()
      .describe(
        'Values of the placeholders that a set-up step fills in: `REPO_URL: …` for `${REPO_URL}`. Left out, `${REPO_URL}` is this repository; filled in, it is where `repository.url` or the remote says the same.',
      ),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe(
        'File of old faults that `check` and a build let be, relative to the root; `check --update-baseline` begins it, and drops what is mended.',
      ),
    severity: z
      .record(z.string(), z.enum(['off', 'info', 'warning', 'error']))
      .optional()
      .describe('Severity by rule name.'),
  })
  .describe('Configuration of Plumbline');

/**
 * The JSON Schema of `plumbline.yaml`, for editors. A test holds the published file to it.
 * @internal
 */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema);
}
