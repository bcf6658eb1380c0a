import { applications as applicationsDiagram } from './diagrams/applications.ts';
import { around } from './diagrams/around.ts';
import { dependencies } from './diagrams/dependencies.ts';
import { events as eventsDiagram } from './diagrams/events.ts';
import { layers } from './diagrams/layers.ts';
import { projects as projectsDiagram } from './diagrams/projects.ts';
import { routes as routesDiagram } from './diagrams/routes.ts';
import { secrets as secretsDiagram } from './diagrams/secrets.ts';
import { waves as wavesDiagram } from './diagrams/waves.ts';
import { applications } from './tables/applications.ts';
import { applicationsets } from './tables/applicationsets.ts';
import { bootstrap } from './tables/bootstrap.ts';
import { events } from './tables/events.ts';
import { helmReleases } from './tables/helmreleases.ts';
import { kept } from './tables/kept.ts';
import { kustomizations } from './tables/kustomizations.ts';
import { policies } from './tables/policies.ts';
import { policyMatrix } from './tables/policy-matrix.ts';
import { policyResults } from './tables/policy-results.ts';
import { projects } from './tables/projects.ts';
import { resources } from './tables/resources.ts';
import { routes } from './tables/routes.ts';
import { secretReads } from './tables/secret-reads.ts';
import { secrets } from './tables/secrets.ts';
import { stacks } from './tables/stacks.ts';
import { sync } from './tables/sync.ts';
import { syncWindows } from './tables/sync-windows.ts';
import { tearDown } from './tables/tear-down.ts';
import { waves } from './tables/waves.ts';
import type { DiagramView, TableView } from './types.ts';

/** Every table view, by name, in the order in which lists show them: a new one is a file and a row here. */
export const tableViews: Record<string, TableView> = Object.fromEntries(
  [
    resources,
    waves,
    projects,
    applicationsets,
    applications,
    kustomizations,
    helmReleases,
    sync,
    syncWindows,
    kept,
    tearDown,
    policies,
    policyResults,
    policyMatrix,
    events,
    secrets,
    secretReads,
    routes,
    stacks,
    bootstrap,
  ].map((view) => [view.name, view]),
);

/** Every diagram view, likewise. */
export const diagramViews: Record<string, DiagramView> = Object.fromEntries(
  [
    layers,
    projectsDiagram,
    applicationsDiagram,
    dependencies,
    wavesDiagram,
    eventsDiagram,
    secretsDiagram,
    routesDiagram,
    around,
  ].map((view) => [view.name, view]),
);
