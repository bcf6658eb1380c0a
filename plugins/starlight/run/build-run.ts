import { lstatSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { counted, moduleBeside, printable, realOf } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { CheckOrder, CheckStep, ThreadReply } from './check-once.ts';
import type { CheckedPage, CheckOutcome } from './check-outcome.ts';
import { type DrawnElsewhere, drawnElsewhere } from './drawn-elsewhere.ts';
import { buildError, configError } from './errors.ts';
import { engineOptions, isWithin, type RunOptions, type SiteOptions } from './options.ts';
import { outcomeKey, readOutcome } from './outcome-cache.ts';
import { progressLines } from './progress-lines.ts';
import type { SiteRun } from './site-run.ts';

/**
 * A run that ends: the pages are checked once, in a thread beside Astro's own start-up, where the outcome is
 * not known from before, and a page is rendered only when its digest says so. The engine that renders is made
 * for the first page that has to be, from the cache that the check has filled, and still fills with drawings.
 */
export function startBuildRun({ command, errors, logger, routed, ...options }: RunOptions): SiteRun {
  let isChecking = false;
  const progress = progressLines();
  const drawn = drawnElsewhere();
  const outcome = routed.then(async () => {
    const { key, known } = await knownOutcome(options);
    isChecking = known === undefined;
    if (known) drawn.end();
    return known ?? checkInThread({ options, key }, drawn, progress);
  });
  // A failure is thrown where the run is first waited for; until then it must not end the process.
  outcome.catch(() => {});
  const pages = new Map<string, CheckedPage>();
  const real = rememberedPaths();
  let links: SiteRun['links'] | undefined;
  let engine: Promise<Engine> | undefined;
  let printed: Promise<void> | undefined;

  const ready = () => {
    // Astro waits for the check, after which a page that has changed is rendered and written.
    if (printed === undefined && isChecking) prepare().catch(() => {});
    printed ??= outcome.then((found) => {
      for (const page of found.pages) pages.set(page.path, page);
      printOutcome(found);
    });
    return printed;
  };

  /** Prints what is wrong, all of it at once; in a build that is the end. */
  function printOutcome(found: CheckOutcome): void {
    const isListed = options.whole !== null && errors === 'warn';
    if (isListed) {
      if (found.errors > 0)
        process.stderr.write(
          `${counted(found.errors, 'fault')} in manifests and pages: the page Status lists ${found.errors === 1 ? 'it' : 'them'}, \`plumbline check\` shows ${found.errors === 1 ? 'it' : 'them'} at the line\n`,
        );
      return;
    }
    if (found.printed !== null)
      process.stderr.write(`\n${printable(found.printed, { colour: options.color })}\n`);
    if (command !== 'build') return;
    if (found.errors > 0 && errors === 'fail') throw buildError(found.errors);
    if (found.errors > 0)
      logger.warn(
        `${counted(found.errors, 'fault')}, listed above, and the build goes on: \`errors\` is \`warn\``,
      );
    else logger.info(found.summary);
  }

  async function makeEngine(): Promise<Engine> {
    await ready();
    const [{ createEngine }, { addressesOf }] = await loadRendering();
    const { commit } = await outcome;
    const given = { ...engineOptions(options), ...(commit === null ? {} : { commit }) };
    const made = await createEngine({ ...given, others: drawn.wait });
    links = addressesOf(made, options).links;
    return made;
  }

  const dispose = async () => {
    const made = await engine?.catch(() => undefined);
    await made?.dispose();
  };

  return {
    engine: () => {
      engine ??= makeEngine();
      return engine;
    },
    ready,
    checked: async () => {
      await ready();
      return outcome;
    },
    home: async () => {
      await ready();
      return (await outcome).home;
    },
    links: {
      resource: (resource) => links?.resource(resource) ?? null,
      page: (slug) => links?.page(slug) ?? null,
      place: (place) => links?.place(place) ?? null,
      rule: (rule) => links?.rule?.(rule) ?? null,
      writesLinks: options.whole === null,
    },
    digestOf: async (path) => {
      await ready();
      progress.page(pages.size);
      return pages.get(real(path))?.digest ?? '';
    },
    generated: async () => {
      await ready();
      return (await outcome).generated;
    },
    isWithin: (path) => isWithin(path, options, real),
    repository: async () => {
      await ready();
      return (await outcome).whole;
    },
    moved: async () => {
      await ready();
      return new Map((await outcome).moved);
    },
    isChecked: (path) => pages.has(real(path)),
    leftOut: (path) => pages.get(real(path))?.leftOut ?? null,
    // A build that goes on shows its pages with their faults in them.
    failed: (path) => errors === 'fail' && (pages.get(real(path))?.isFailed ?? false),
    placing: progress.generated,
    loaded: async () => {
      progress.loaded();
      if (command === 'sync') return dispose();
      // What bundles the pages wants the memory; a page of MDX is rendered while they are.
      const made = await engine?.catch(() => undefined);
      await made?.d2.rest();
    },
    dispose,
  };
}

/**
 * Paths with their links followed, as each was when first asked for: a page is asked about many times, and
 * the folders that lead to it lead to others, too.
 */
function rememberedPaths(): (path: string) => string {
  const known = new Map<string, string>();
  const real = (path: string): string => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const folder = dirname(path);
    const entry = folder === path ? undefined : lstatSync(path, { throwIfNoEntry: false });
    const isAsNamed = entry?.isFile() || entry?.isDirectory();
    const found = isAsNamed ? join(real(folder), basename(path)) : realOf(path);
    known.set(path, found);
    return found;
  };
  return (path) => real(resolve(path));
}

/** Modules by which a page is rendered. */
async function loadRendering() {
  const [engine, addresses] = await Promise.all([
    import('../../engine/index.ts'),
    import('../site/site-addresses.ts'),
    import('../site/page-pipeline.ts').then(({ loadPipeline }) => loadPipeline()),
  ]);
  return [engine, addresses] as const;
}

/** Loads what comes after the check while that runs elsewhere. */
async function prepare(): Promise<void> {
  await loadRendering();
  const { prepareFinish } = await import('../site/finish-site.ts');
  await prepareFinish();
}

/** Read here: a thread takes longer to start than the files take to be hashed. */
async function knownOutcome(
  options: SiteOptions,
): Promise<{ key: string | null; known: CheckOutcome | undefined }> {
  const key = await outcomeKey(options);
  return { key, known: key === null ? undefined : await readOutcome(options.root, key) };
}

function checkInThread(order: CheckOrder, drawn: DrawnElsewhere, progress: Progress): Promise<CheckOutcome> {
  const thread = new Worker(moduleBeside(import.meta.url, 'check-thread'), { workerData: order });
  const checked = new Promise<CheckOutcome>((resolve, reject) => {
    thread.on('message', (reply: ThreadReply) => {
      if ('drawn' in reply) return drawn.tell(reply.drawn);
      if ('of' in reply) return progress[reply.of].update(reply.done, reply.total);
      if ('outcome' in reply) return resolve(reply.outcome);
      const { name, message, stack, help } = reply.failure;
      if (help !== null) return reject(configError(message, help));
      reject(Object.assign(new Error(message), { name, stack }));
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      drawn.end();
      reject(new Error('The check of the pages ended without an outcome'));
    });
  });
  return checked.finally(() => {
    for (const step of ['kustomizations', 'checking'] as const) progress[step].done();
  });
}

type Progress = Pick<ReturnType<typeof progressLines>, CheckStep>;
