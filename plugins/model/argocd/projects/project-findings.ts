/** AppProjects that Argo CD's API would refuse. */

import { objectAt } from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { ProjectFinding } from '../../finding-types.ts';
import { pathText } from '../../locate-path.ts';
import { validateProject } from './project-validation.ts';

/** One for each line that has to be mended, with Argo CD's own words. */
export function findInProjects(context: BuildContext): ProjectFinding[] {
  return context.lookup.ofKind('argoproj.io', 'AppProject').flatMap((project) =>
    validateProject(project.name, objectAt(project.rendered, 'spec')).map(
      ({ path, error }): ProjectFinding => {
        const whole = ['spec', ...path];
        const place = {
          ...context.locate(project, whole),
          resource: project.id,
          path: pathText(whole),
          via: project.origin.via,
        };
        return { type: 'project-invalid', project, path, error, place };
      },
    ),
  );
}
