import { type Project, type Resource, windowWords } from '../../../model/index.ts';
import type { Place } from '../../../source/index.ts';
import type { Named } from './named.ts';
import type { AboutRoom } from './room.ts';

/** What the applications of an AppProject may do: from where, to where, which kinds, and when. */
export function projectFacts(project: Project, resource: Resource, room: AboutRoom): ProjectFacts {
  const { description, sourceRepos, destinations, sourceNamespaces, roles } = project;
  return {
    is: 'project',
    description,
    sourceRepos,
    destinations,
    sourceNamespaces,
    clusterKinds: {
      allowed: project.clusterResourceWhitelist ?? [],
      denied: project.clusterResourceBlacklist ?? [],
    },
    namespacedKinds: {
      allowed: project.namespaceResourceWhitelist,
      denied: project.namespaceResourceBlacklist ?? [],
    },
    roles: roles.map(({ name, groups }) => ({ name, groups })),
    windows: project.syncWindows.map((window, index) => ({
      kind: window.kind,
      open: windowWords(window),
      manualSync: window.manualSync,
      description: window.description,
      applications: room.applicationsNamed(window.matches),
      origin: room.platform.locate(resource, ['spec', 'syncWindows', index]),
    })),
    applications: room.applicationsNamed(project.applications),
  };
}

/** Of an AppProject. */
export interface ProjectFacts
  extends Pick<Project, 'description' | 'sourceRepos' | 'destinations' | 'sourceNamespaces'> {
  is: 'project';
  /** `group/Kind`. Of the cluster-scoped none is allowed that is not named. */
  clusterKinds: { allowed: string[]; denied: string[] };
  /** `allowed` is null where every kind is that is not denied. */
  namespacedKinds: { allowed: string[] | null; denied: string[] };
  roles: { name: string; groups: string[] }[];
  windows: {
    /** `allow` or `deny`. */
    kind: string;
    /** When it opens, and for how long: `Mondays 22:00 for 1 h, UTC`. */
    open: string;
    /** True where a sync by hand may go on. */
    manualSync: boolean;
    description: string;
    /** That it holds for. */
    applications: Named[];
    origin: Place;
  }[];
  applications: Named[];
}
