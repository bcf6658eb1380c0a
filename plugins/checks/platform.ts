import type { Platform } from '../platform/index.ts';
import type { Diagnostic } from '../source/index.ts';
import { eventRouteDead } from './manifests/events.ts';
import { secretStoreMissing } from './manifests/secrets.ts';
import { waveInert, waveInverted } from './manifests/waves.ts';

/**
 * What can be said of the manifests without any page. Faults of reading, rendering and resolving them are already in
 * `platform.model.diagnostics`.
 */
export function checkPlatform(platform: Platform): Diagnostic[] {
  return [waveInert, waveInverted, eventRouteDead, secretStoreMissing].flatMap((check) => check(platform));
}
