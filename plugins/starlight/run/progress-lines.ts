import { createProgress } from '../../base/index.ts';

/** How far a run is, on a terminal, beside what Astro tells there. */
export function progressLines(): ProgressLines {
  const line = (what: string) => createProgress(process.stderr, what, [process.stdout]);
  const [pages, generated] = [line('rendering pages'), line('generating pages')];
  let rendered = 0;
  let isLoaded = false;
  return {
    kustomizations: line('rendering kustomizations'),
    checking: line('checking pages'),
    page(total) {
      if (!isLoaded) pages.update(++rendered, total);
    },
    generated(done, total) {
      if (!isLoaded) generated.update(done, total);
    },
    loaded() {
      isLoaded = true;
      for (const one of [pages, generated]) one.done();
    },
  };
}

type Line = ReturnType<typeof createProgress>;

interface ProgressLines {
  kustomizations: Line;
  checking: Line;
  /** Until all are in the collection for the first time: one more of the author's pages is, */
  page(total: number): void;
  /** so many of those that are made are, */
  generated(done: number, total: number): void;
  /** and all of them are. */
  loaded(): void;
}
