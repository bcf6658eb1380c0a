import type { Model } from '../../model/index.ts';
import type { WordKey } from '../../words/index.ts';

/**
 * The pages of what a platform is made of, in the order of the sidebar; each shows views as any page may. One
 * of which the platform has nothing is left out.
 */
export const sections: readonly Section[] = [
  {
    slug: 'applications',
    group: 'Argo CD',
    count: ({ applications }) => applications.length,
    views: [
      { diagram: 'applications' },
      { table: 'applications' },
      { heading: 'section.sync', table: 'sync' },
    ],
  },
  {
    slug: 'application-sets',
    group: 'Argo CD',
    count: ({ applicationSets }) => applicationSets.length,
    views: [{ table: 'applicationsets' }],
  },
  {
    slug: 'projects',
    group: 'Argo CD',
    count: ({ projects }) => projects.length,
    views: [
      { diagram: 'projects' },
      { table: 'projects' },
      { heading: 'section.syncWindows', table: 'sync-windows' },
    ],
  },
  {
    slug: 'waves',
    group: 'Argo CD',
    count: ({ resources }) =>
      new Set(resources.filter(({ waveSet }) => waveSet).map(({ wave }) => wave)).size,
    views: [{ diagram: 'waves' }, { table: 'waves', group: 'application' }],
  },
  {
    slug: 'kustomizations',
    group: 'Flux',
    count: ({ kustomizations }) => kustomizations.length,
    views: [{ diagram: 'dependencies' }, { table: 'kustomizations' }],
  },
  {
    slug: 'helm-releases',
    group: 'Flux',
    count: ({ helmReleases }) => helmReleases.length,
    views: [{ table: 'helmreleases' }],
  },
  {
    slug: 'policies',
    group: null,
    count: ({ policies }) => policies.length,
    views: [{ table: 'policies' }],
  },
  {
    slug: 'events',
    group: null,
    count: ({ events }) => events.length,
    views: [{ diagram: 'events' }, { table: 'events' }],
  },
  {
    slug: 'secrets',
    group: null,
    count: ({ secrets }) => secrets.length,
    views: [{ diagram: 'secrets' }, { table: 'secrets' }],
  },
  {
    slug: 'routes',
    group: null,
    count: ({ routes }) => routes.length,
    views: [{ diagram: 'routes' }, { table: 'routes' }],
  },
];

export interface Section {
  /** Its label and its first words are said under this name: `section.waves`, `section.wavesIntro`. */
  slug: SectionSlug;
  /** Whose part of the platform it is, as the sidebar groups it. */
  group: 'Argo CD' | 'Flux' | null;
  /** How many there are of what it is about. */
  count(model: Model): number;
  /** One that has nothing to show is left out. */
  views: readonly SectionView[];
}

type SectionSlug = WordKey extends infer Key
  ? Key extends `section.${infer Slug}Intro`
    ? Slug
    : never
  : never;

/** A table or a diagram of a view, as `::table` and `::diagram` take it. */
export type SectionView = { heading?: WordKey } & ({ table: string; group?: string } | { diagram: string });
