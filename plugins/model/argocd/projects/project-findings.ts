/** AppProjects that Argo CD's API would refuse. */

import { objectAt } from '../../../base/index.ts';
import { holdsPlaceholder } from '../../../source/index.ts';
import type { NotingContext } from '../../context.ts';
import type { ProjectFinding } from '../../finding-types.ts';
import { pathText } from '../../locate-path.ts';
import { validateProject } from './project-validation.ts';

/**
 * One for each line that has to be mended, with Argo CD's own words. A line that holds a placeholder is not
 * known before a set-up has filled it in.
 */
export function findInProjects(context: NotingContext): ProjectFinding[] {
  return context.lookup.ofKind('argoproj.io', 'AppProject').flatMap((project) =>
    validateProject(project.name, objectAt(project.rendered, 'spec')).flatMap(
      ({ path, error }): ProjectFinding[] => {
        const whole = ['spec', ...path];
        const origin = context.locate(project, whole);
        if (holdsPlaceholder(error)) {
          const why = `a set-up fills in a placeholder; as it is, ${error}`;
          context.unverified.push({ kind: 'project', what: `AppProject ${project.name}`, why, origin });
          return [];
        }
        const place = { ...origin, resource: project.id, path: pathText(whole), via: project.origin.via };
        return [{ type: 'project-invalid', project, path, error, place }];
      },
    ),
  );
}
