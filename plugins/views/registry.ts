import { applications } from './tables/applications.ts';
import { applicationsets } from './tables/applicationsets.ts';
import { bootstrap } from './tables/bootstrap.ts';
import { events } from './tables/events.ts';
import { kept } from './tables/kept.ts';
import { policies } from './tables/policies.ts';
import { projects } from './tables/projects.ts';
import { resources } from './tables/resources.ts';
import { routes } from './tables/routes.ts';
import { secrets } from './tables/secrets.ts';
import { stacks } from './tables/stacks.ts';
import { sync } from './tables/sync.ts';
import { syncWindows } from './tables/sync-windows.ts';
import { tearDown } from './tables/tear-down.ts';
import { waves } from './tables/waves.ts';
import type { TableView } from './types.ts';

/** Every table view, by name: a new one is a file and a row here. */
export const tableViews: Record<string, TableView> = Object.fromEntries(
  [
    resources,
    waves,
    projects,
    applicationsets,
    applications,
    sync,
    syncWindows,
    kept,
    tearDown,
    policies,
    events,
    secrets,
    routes,
    stacks,
    bootstrap,
  ].map((view) => [view.name, view]),
);
