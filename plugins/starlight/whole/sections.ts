import type { Model } from '../../model/index.ts';

/**
 * The pages of what a platform is made of, in the order of the sidebar; each shows views as any page may. One
 * of which the platform has nothing is left out.
 */
export const sections: readonly Section[] = [
  {
    slug: 'applications',
    label: 'Applications',
    group: 'Argo CD',
    count: ({ applications }) => applications.length,
    intro:
      'What Argo CD deploys: every Application, those that ApplicationSets generate expanded. Each leads to a page with its order, its resources and what is not known of it.',
    views: [{ diagram: 'applications' }, { table: 'applications' }, { heading: 'Sync', table: 'sync' }],
  },
  {
    slug: 'application-sets',
    label: 'Application sets',
    group: 'Argo CD',
    count: ({ applicationSets }) => applicationSets.length,
    intro: 'What generates Applications, and which.',
    views: [{ table: 'applicationsets' }],
  },
  {
    slug: 'projects',
    label: 'Projects',
    group: 'Argo CD',
    count: ({ projects }) => projects.length,
    intro: 'Where Applications may take sources from, where they may deploy to, and which kinds.',
    views: [
      { diagram: 'projects' },
      { table: 'projects' },
      { heading: 'Sync windows', table: 'sync-windows' },
    ],
  },
  {
    slug: 'waves',
    label: 'Sync waves',
    group: 'Argo CD',
    count: ({ resources }) => resources.filter(({ waveSet }) => waveSet).length,
    intro: 'In which order Argo CD applies what sets a sync wave; a lower wave comes first.',
    views: [{ diagram: 'waves' }, { table: 'waves', group: 'application' }],
  },
  {
    slug: 'kustomizations',
    label: 'Kustomizations',
    group: 'Flux',
    count: ({ kustomizations }) => kustomizations.length,
    intro: 'What Flux applies, from which source and path, and after what.',
    views: [{ diagram: 'dependencies' }, { table: 'kustomizations' }],
  },
  {
    slug: 'helm-releases',
    label: 'Helm releases',
    group: 'Flux',
    count: ({ helmReleases }) => helmReleases.length,
    intro: 'The charts that Flux installs: version, source, and what each depends on.',
    views: [{ table: 'helmreleases' }],
  },
  {
    slug: 'policies',
    label: 'Policies',
    group: null,
    count: ({ policies }) => policies.length,
    intro:
      'Each rule of each policy: what it matches, what it does, and which resources of this repository it matches.',
    views: [{ table: 'policies' }],
  },
  {
    slug: 'events',
    label: 'Events',
    group: null,
    count: ({ events }) => events.length,
    intro: 'Each way through Argo Events, from the source to what is triggered.',
    views: [{ diagram: 'events' }, { table: 'events' }],
  },
  {
    slug: 'secrets',
    label: 'Secrets',
    group: null,
    count: ({ secrets }) => secrets.length,
    intro:
      'Where secrets come from, who writes them and who reads them. Values are nowhere on this site: they are dropped as manifests are read.',
    views: [{ diagram: 'secrets' }, { table: 'secrets' }],
  },
  {
    slug: 'routes',
    label: 'Routes',
    group: null,
    count: ({ routes }) => routes.length,
    intro: 'Which host names lead through which gateway to which service.',
    views: [{ diagram: 'routes' }, { table: 'routes' }],
  },
];

export interface Section {
  slug: string;
  label: string;
  /** Whose part of the platform it is, as the sidebar groups it. */
  group: 'Argo CD' | 'Flux' | null;
  /** How many there are of what it is about. */
  count(model: Model): number;
  intro: string;
  /** One that has nothing to show is left out. */
  views: readonly SectionView[];
}

/** A table or a diagram of a view, as `::table` and `::diagram` take it. */
export type SectionView = { heading?: string } & ({ table: string; group?: string } | { diagram: string });
