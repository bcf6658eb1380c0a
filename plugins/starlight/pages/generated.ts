import type { Engine } from '../../engine/index.ts';
import { expressionPage } from './expression-page.ts';
import { filePages } from './files/file-pages.ts';
import type { GeneratedOptions, GeneratedPage } from './generated-page.ts';
import { policyLibrary } from './policy-library.ts';
import { resourceIndex } from './resource-index.ts';
import { rulePages } from './rule-pages.ts';
import { thingPages } from './things/thing-page.ts';
import { viewPage } from './view-page.ts';

/**
 * Every page that has no file of its own: resources with their index, rules, and the references of
 * expressions and views.
 */
export function generatedPages(engine: Engine, options: GeneratedOptions): GeneratedPage[] {
  const pages: GeneratedPage[] = [];
  if (options.resources)
    pages.push(
      ...resourceIndex(engine, options),
      ...policyLibrary(engine, options),
      ...filePages(engine, options),
      ...thingPages(engine, options),
    );
  if (options.rules) pages.push(...rulePages(engine, options.address), expressionPage(), viewPage());
  return pages;
}
