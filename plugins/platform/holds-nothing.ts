import type { Platform } from './types.ts';

/** True where a repository has neither a manifest nor a file that could have been one. */
export function holdsNothing({ model, diagnostics }: Platform): boolean {
  return model.resources.length + model.unverified.length + diagnostics.length + model.findings.length === 0;
}
