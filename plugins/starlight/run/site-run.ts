import type { AstroIntegrationLogger } from 'astro';
import { AstroError } from 'astro/errors';
import type { Engine } from '../../engine/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { SiteAddress } from '../site/site-links.ts';
import type { CheckedPage, Outcome } from './check-outcome.ts';
import type { SharedRun } from './shared-run.ts';

/** What an engine of a site is made with. */
export function engineOptions({ root, docs, resources, rules }: SiteOptions) {
  return { root, docs, site: { resources, rules } };
}

/** Ends a build that found faults, which have been printed. */
export function buildError({ errors }: Pick<Outcome, 'errors'>): AstroError {
  return silent(
    new AstroError(
      `The pages and the manifests disagree: ${errors === 1 ? 'one fault' : `${errors} faults`}, listed above.`,
      'Mend the pages or the manifests and build again. `plumbline check` says the same without a build.',
    ),
    'PlumblineError',
  );
}

/** A configuration that makes no sense ends Astro with its own words and its own help. */
export function configError(message: string, help: string): AstroError {
  return silent(new AstroError(message, help), 'PlumblineConfigError');
}

function silent(error: AstroError, name: string): AstroError {
  error.name = name;
  error.stack = '';
  return error;
}

/** Plain data: it goes to another thread. */
export interface SiteOptions {
  /** Absolute paths. */
  root: string;
  docs: string | undefined;
  address: SiteAddress;
  /** Whether each resource and each rule gets a page. */
  resources: boolean;
  rules: boolean;
  /** Absolute paths of what the build itself writes. */
  written: string[];
  /** Whether the report may be coloured. */
  color: boolean;
}

export interface RunOptions extends SiteOptions {
  command: 'dev' | 'build' | 'sync';
  logger: Pick<AstroIntegrationLogger, 'info' | 'warn' | 'error'>;
}

/** One run of Astro: one check of the pages, and what the site asks of it. */
export interface Run extends SharedRun {
  /** What pages are rendered with; in a build it is made when the first page has to be. */
  engine(): Promise<Engine>;
  /** The pages as they were last checked. */
  checked(): Promise<Checked>;
  links: PageLinks;
}

export interface Checked {
  commit: string | null;
  /** Absolute folder of the pages, as configured. */
  docs: string;
  pages: CheckedPage[];
}
