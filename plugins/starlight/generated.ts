import type { Engine, PageLinks } from '../remark/index.ts';
import type { SiteAddress } from './links.ts';
import { resourceIndex } from './resource-index.ts';
import { resourcePages } from './resource-page.ts';
import { rulePages } from './rule-pages.ts';
import type { GeneratedPage } from './shared.ts';

/** Every page that has no file of its own: resources with their index, and rules. */
export function generatedPages(engine: Engine, options: GeneratedOptions): GeneratedPage[] {
  const pages: GeneratedPage[] = [];
  if (options.resources) pages.push(resourceIndex(engine, options), ...resourcePages(engine, options));
  if (options.rules) pages.push(...rulePages(options.address));
  return pages;
}

/** Front matter that all of them share: no file to edit, no place in the sidebar or in the reading order. */
export const generatedData = {
  editUrl: false,
  lastUpdated: false,
  prev: false,
  next: false,
  sidebar: { hidden: true },
};

export interface GeneratedOptions {
  address: SiteAddress;
  resources: boolean;
  rules: boolean;
  slugs: Map<string, string>;
  links: PageLinks;
}
