/** AppProjects that Argo CD's API would refuse. */

import { type JsonPath, objectAt } from '../../../base/index.ts';
import { diagnostic, type EarlyDiagnostic } from '../../../source/index.ts';
import type { BuildContext } from '../../context.ts';
import { pathText } from '../../locate-path.ts';
import { validateProject } from './project-validation.ts';

/**
 * One fault for each line that has to be mended, with Argo CD's own words. Applied as a manifest, a project passes by the API that would
 * refuse it: most faults then only make a part of it void, a window that cannot be read stops every sync.
 */
export function projectFaults(context: BuildContext): EarlyDiagnostic[] {
  return context.lookup.ofKind('argoproj.io', 'AppProject').flatMap((project) =>
    validateProject(project.name, objectAt(project.rendered, 'spec')).map(({ path, error }) => {
      const whole = ['spec', ...path];
      const stops = stopsSyncs(path);
      return diagnostic({
        rule: 'manifest-invalid',
        severity: stops ? 'error' : 'warning',
        identity: [project.id, pathText(path.filter((part) => typeof part === 'string')), error],
        message: `\`AppProject/${project.name}\` is not valid: ${error}`,
        sources: [
          {
            ...context.locate(project, whole),
            resource: project.id,
            path: pathText(whole),
            role: 'actual',
            via: project.origin.via,
          },
        ],
        help: stops
          ? 'Argo CD starts no sync of the project while one of its windows cannot be read: mend it.'
          : "Argo CD's API refuses such a project, and an applied one does not do what this says: mend it.",
      });
    }),
  );
}

function stopsSyncs(path: JsonPath): boolean {
  return path[0] === 'syncWindows' && (path[2] === 'schedule' || path[2] === 'duration');
}
