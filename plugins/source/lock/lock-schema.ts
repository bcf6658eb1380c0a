import { z } from 'zod';

const line = z.string().min(1).max(2000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What `plumbline.lock` may say. */
export const lockSchema = z.strictObject({
  version: z.literal(1).describe('Of the form of this file.'),
  vendor: line.optional().describe('Folder of the repository that holds the content.'),
  charts: z
    .array(
      z.strictObject({
        repository: line.describe('Address of the repository of charts.'),
        chart: line.describe('Name of the chart in it.'),
        asked: line.optional().describe('Version or range that the manifests ask for.'),
        version: line.describe('Version that was found.'),
        sha256: sha256.describe('Of the packed chart.'),
      }),
    )
    .optional(),
  repositories: z
    .array(
      z.strictObject({
        repository: line.describe('Address of a Git repository.'),
        asked: line.optional().describe('Branch, tag, range of tags or commit that the manifests ask for.'),
        tagPrefix: line.optional().describe('What the tags begin with that a range is asked for of.'),
        commit: z
          .string()
          .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
          .describe('Commit that was found.'),
        paths: z
          .array(line.regex(/^(?!\.?\.?\/|\/)(?!.*(^|\/)\.\.(\/|$))/, 'is no path below the repository'))
          .describe('Folders and files that were taken of it.'),
        sha256: sha256.describe('Of what was taken.'),
      }),
    )
    .optional(),
  artifacts: z
    .array(
      z.strictObject({
        artifact: line.regex(/^oci:/, 'is no address of an OCI artifact').describe('Address without a tag.'),
        asked: line.describe('Tag, range of tags or digest that the manifests ask for.'),
        layer: line.optional().describe('Which layer Flux takes: `first`, or the first of a media type.'),
        digest: z
          .string()
          .regex(/^sha256:[0-9a-f]{64}$/)
          .describe('Of the manifest that was found.'),
        sha256: sha256.describe('Of the files in it.'),
      }),
    )
    .optional(),
  files: z
    .array(
      z.strictObject({
        url: line.describe('Address of the file.'),
        sha256: sha256.describe('Of its bytes.'),
      }),
    )
    .optional(),
});
