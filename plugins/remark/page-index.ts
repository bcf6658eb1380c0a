import type { PageIndex } from '../checks/index.ts';
import type { Platform } from '../model/index.ts';

/** Every page of the docs with its headings, read when first asked. */
export function createPageIndex(_platform: Platform): PageIndex {
  return {
    page: async () => undefined,
    address: async () => undefined,
    paths: async () => [],
  };
}
