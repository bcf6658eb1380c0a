import { isInside } from '../base/index.ts';
import { isVerdictOf } from '../checks/index.ts';
import { checkDraft, checkDrawing, createEngine, type Engine, type PageReport } from '../engine/index.ts';

/**
 * A repository that is being edited: its engine, the texts that the editor holds, and what was found out
 * about each page. Work is done one thing at a time, what is being typed first, then the manifests where
 * they changed, then all other pages.
 */
export function openWorkspace({
  root,
  docs,
  cache,
  onReading,
  onPage,
  onPlatform,
  onFailure,
}: WorkspaceOptions): Workspace {
  const drafts = new Map<string, string>();
  const reports = new Map<string, PageReport>();
  const headings = new Map<string, string>();
  const typed = new Set<string>();
  const others = new Set<string>();
  let engine: Engine | undefined;
  let isPlatformStale = true;
  let working: Promise<void> | undefined;
  let step: Promise<void> | undefined;
  let checking: string | undefined;
  let isClosed = false;

  /**
   * Reads the manifests for the first time, or again; every page may then be another: excerpts, icons and
   * imports show files that are no manifests.
   */
  async function readPlatform(): Promise<void> {
    isPlatformStale = false;
    try {
      if (engine === undefined)
        engine = await createEngine({ root, cache, follows: true, ...(docs === undefined ? {} : { docs }) });
      else await engine.reload();
    } catch (error) {
      onFailure(error);
      return;
    }
    for (const [path, text] of drafts) if (!isDrawing(path)) engine.pages.hold(path, text);
    onPlatform(engine);
    await listPages(engine);
  }

  /** All pages are checked again; those that are gone have no faults any more. */
  async function listPages(read: Engine): Promise<void> {
    const drawings = [...drafts.keys()].filter(isDrawing);
    const paths = new Set([...(await read.pages.paths()), ...drawings]);
    for (const path of reports.keys()) if (!paths.has(path)) forget(path);
    for (const path of paths) (drafts.has(path) ? typed : others).add(path);
  }

  function forget(path: string): void {
    reports.delete(path);
    onPage(path, null);
  }

  /** Of drawings those that are open: pages that import one tell of it, too. */
  async function check(path: string, read: Engine): Promise<void> {
    const text = drafts.get(path) ?? null;
    if (isDrawing(path)) {
      if (text === null) forget(path);
      else if (isInside(root, path)) found(path, await checkDrawing(read, path, text));
    } else if ((await read.pages.paths()).includes(path)) {
      found(path, await checkDraft(read, path, text));
      await followHeadings(path, read);
    }
  }

  /** Where headings are others now, pages that link to them, or to what was not found, are checked again. */
  async function followHeadings(path: string, read: Engine): Promise<void> {
    const page = await read.pages.page(path);
    const now = page?.headings.map(({ slug }) => slug).join('\n') ?? '';
    const before = headings.get(path) ?? now;
    headings.set(path, now);
    if (before === now) return;
    for (const [other, { verdicts }] of reports) {
      const links = verdicts.filter((verdict) => isVerdictOf(verdict, 'link'));
      if (
        other !== path &&
        links.some(({ outcome, result }) => outcome === 'false' || result?.target === page?.file)
      )
        (drafts.has(other) ? typed : others).add(other);
    }
  }

  function found(path: string, report: PageReport): void {
    reports.set(path, report);
    onPage(path, report);
  }

  /** What comes next; undefined where nothing is left. */
  function begin(): Promise<void> | undefined {
    const [next] = typed;
    if (isPlatformStale && (engine === undefined || next === undefined)) {
      const reading = readPlatform();
      onReading(reading);
      return reading;
    }
    const [path] = next === undefined ? others : [next];
    if (engine === undefined || path === undefined) return undefined;
    typed.delete(path);
    others.delete(path);
    checking = path;
    return check(path, engine).catch(onFailure);
  }

  async function work(): Promise<void> {
    while (!isClosed) {
      step = begin();
      if (step === undefined) return;
      await step;
      checking = undefined;
      // Lets in what was typed meanwhile.
      await new Promise((done) => setImmediate(done));
    }
  }

  function start(): void {
    if (isClosed) return;
    working ??= work().finally(() => {
      working = undefined;
      if ((typed.size > 0 && engine !== undefined) || isPlatformStale) start();
    });
  }

  return {
    engine: () => engine,
    report: (path) => reports.get(path),
    async current(path) {
      while (working !== undefined && (typed.has(path) || checking === path)) {
        await step;
        await new Promise((done) => setImmediate(done));
      }
      return reports.get(path);
    },
    text: (path) => drafts.get(path),
    edit(path, text) {
      if (text === null) drafts.delete(path);
      else drafts.set(path, text);
      typed.add(path);
      start();
    },
    filesChanged() {
      isPlatformStale = true;
      start();
    },
    start,
    async settled() {
      while (working !== undefined) await working;
    },
    async close() {
      isClosed = true;
      await working;
      await engine?.dispose();
    },
  };
}

function isDrawing(path: string): boolean {
  return path.endsWith('.d2');
}

export interface Workspace {
  /** Undefined until the manifests are read. */
  engine(): Engine | undefined;
  /** What was last found out about a page, by its absolute path with links followed. */
  report(path: string): PageReport | undefined;
  /** The same of what the editor holds now, as soon as that was looked at. */
  current(path: string): Promise<PageReport | undefined>;
  /** What the editor holds of a file; undefined where it is not open. */
  text(path: string): string | undefined;
  /** The editor holds another text of a page; null: it is closed, and the file counts again. */
  edit(path: string, text: string | null): void;
  /** Files of the repository were written, came or went. */
  filesChanged(): void;
  start(): void;
  /** Until nothing is left to do. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface WorkspaceOptions {
  root: string;
  docs: string | undefined;
  cache: boolean;
  /** The manifests are read: until then. */
  onReading(read: Promise<void>): void;
  /** Null where there is no such page any more. */
  onPage(path: string, report: PageReport | null): void;
  /** Whenever the manifests were read. */
  onPlatform(engine: Engine): void;
  onFailure(error: unknown): void;
}
