import { nearest } from '../../base/index.ts';
import { referenceOf } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Diagnostic } from '../../source/index.ts';
import { diagnose, suggestion } from '../diagnose.ts';
import { sourceOf } from '../subjects.ts';

/** An ExternalSecret whose store no manifest declares. */
export function secretStoreMissing(platform: Platform): Diagnostic[] {
  return platform.model.secrets
    .filter((flow) => flow.store.id === null)
    .map((flow) => {
      const resource = platform.resource(flow.externalSecret);
      const stores = platform.model.resources.filter((one) => one.kind === flow.store.kind);
      const sameNamespace = stores.filter(
        (one) => one.namespace === null || one.namespace === resource?.namespace,
      );
      const candidates = nearest(
        flow.store.name,
        sameNamespace.map((one) => one.name),
      );
      const near = sameNamespace.find((one) => one.name === candidates[0]);
      const elsewhere = stores.filter((one) => one.name === flow.store.name).map((one) => one.namespace);
      return diagnose('secret-store-missing', {
        about: flow.externalSecret,
        message: `\`${resource ? referenceOf(resource) : flow.externalSecret}\` reads ${flow.store.kind} \`${flow.store.name}\`, which no manifest declares${
          resource?.namespace ? ` in namespace \`${resource.namespace}\`` : ''
        }`,
        sources: [
          ...(resource ? [sourceOf(platform, resource, 'reads', ['spec', 'secretStoreRef', 'name'])] : []),
          ...(near ? [sourceOf(platform, near, 'nearest', ['metadata', 'name'])] : []),
        ],
        expected: `${flow.store.kind} ${flow.store.name}`,
        actual:
          elsewhere.length > 0
            ? `there is one in ${elsewhere.join(', ')}`
            : `${stores.length} of kind ${flow.store.kind}`,
        candidates,
        help: suggestion(candidates) ?? 'declare the store, or correct the name',
      });
    });
}
