import { href } from '../../checks/index.ts';
import type { Engine, PagesReport } from '../../engine/index.ts';
import { filePages } from '../pages/files/file-pages.ts';
import type { GeneratedOptions, GeneratedPage } from '../pages/generated-page.ts';
import { policyLibrary } from '../pages/policy-library.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import { resourceIndex } from '../pages/resource-index.ts';
import { statusPage } from '../pages/status/status-page.ts';
import { thingPages } from '../pages/things/thing-page.ts';
import { undeployedOf } from '../pages/undeployed.ts';
import type { WholeOptions } from '../run/options.ts';
import { fileAt } from '../site/site-links.ts';
import { areaPages } from './area-pages.ts';
import { areasOf } from './areas.ts';
import { overviewPage } from './overview-page.ts';
import { repositoryPages } from './repository-pages.ts';
import { sectionPage, sectionsOf } from './section-page.ts';
import { type SidebarEntry, sidebarOf } from './sidebar.ts';

/** All that a site of a whole repository is made of besides the text of its pages, as plain data. */
export async function wholeOutcome(
  engine: Engine,
  { report, pages: reports }: PagesReport,
  { title }: WholeOptions,
  options: GeneratedOptions,
): Promise<WholeOutcome & { generated: GeneratedPage[] }> {
  const { platform } = engine;
  const pages = await repositoryPages(engine);
  const address = (slug: string) => href(options.address, slug);
  const areas = areasOf(platform);
  const stackPages = new Map(
    areas.kind === 'stacks' ? areas.list.map(({ name, slug }) => [name, slug] as const) : [],
  );
  const shown = sectionsOf(engine);
  const undeployed = undeployedOf(platform);
  const context = {
    platform,
    links: options.links,
    speech: options.speech,
    title,
    pages,
    report,
    page: address,
    rulePage: false,
    file: (name: string) => fileAt(options.address, name),
  };
  return {
    root: platform.config.root,
    pages,
    sidebar: sidebarOf({ areas, shown, pages }, address, options.speech),
    generated: [
      overviewPage(context, { areas, shown, undeployed }),
      ...areaPages(areas, context),
      ...shown.map((section) => sectionPage(section, engine, options.speech)),
      statusPage(context, undeployed),
      ...resourceIndex(engine, options),
      ...policyLibrary(engine, options),
      ...filePages(engine, options),
      ...thingPages(engine, { ...options, spoken: { reports, shown: pages }, stackPages }),
    ],
  };
}

export interface WholeOutcome {
  /** Absolute, links followed. */
  root: string;
  pages: PublishedPage[];
  sidebar: SidebarEntry[];
}
