import type { Finding, Model } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import { distinctDiagnostics } from '../source/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import { unverifiedGenerator } from './rules/manifests/generator-unverified.ts';
import {
  failedBuild,
  invalidApplication,
  invalidMetadata,
  invalidProject,
  refusedName,
  refusedSet,
} from './rules/manifests/manifest-invalid.ts';
import { forbiddenApplication } from './rules/manifests/project-forbids.ts';
import { repeatedResource, sharedResource } from './rules/manifests/resource-duplicate.ts';
import { excludedResource } from './rules/manifests/resource-excluded.ts';

/** What is wrong about reading, rendering and resolving the manifests: as facts of the model or before it. */
export function modelDiagnostics(platform: Platform): Diagnostic[] {
  const { diagnostics, model } = platform;
  return distinctDiagnostics([...diagnostics, ...model.findings.map(described)]);
}

/** The model as `plumbline model` prints it: with what is wrong in the words of the rules. */
export function printedModel(platform: Platform): PrintedModel {
  const { findings: _said, unverified, ...records } = platform.model;
  return { ...records, diagnostics: modelDiagnostics(platform), unverified };
}

/** A fact of the model in the words of its rule. */
function described(finding: Finding): Diagnostic {
  switch (finding.type) {
    case 'excluded':
      return excludedResource(finding);
    case 'metadata':
      return invalidMetadata(finding);
    case 'name':
      return refusedName(finding);
    case 'repeated':
      return repeatedResource(finding);
    case 'shared':
      return sharedResource(finding);
    case 'set-refused':
      return refusedSet(finding);
    case 'set-unverified':
    case 'set-empty':
      return unverifiedGenerator(finding);
    case 'forbidden':
      return forbiddenApplication(finding);
    case 'spec-invalid':
      return invalidApplication(finding);
    case 'project-invalid':
      return invalidProject(finding);
    case 'build-failed':
      return failedBuild(finding);
  }
}

export interface PrintedModel extends Omit<Model, 'findings'> {
  diagnostics: Diagnostic[];
}
