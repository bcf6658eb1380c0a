/**
 * What a site may say to `plumbline()`. Any other option, and one of another type, ends the build with what
 * it would take. Paths are relative to the root of the site.
 */
export interface PlumblineOptions {
  /** Root of the repository that the pages speak of, with its `plumbline.yaml`; default: the site's own. */
  root?: string | undefined;
  /** Folder of the pages; default: where `src/content/docs` leads. */
  docs?: string | undefined;
  /** A page for each resource under `resources/`; default: true. */
  resources?: boolean | undefined;
  /** A page for each rule under `rules/`, and that of expressions at `expressions/`; default: false. */
  rules?: boolean | undefined;
  /** What was verified, what was not, and why, at `status/`; default: true. */
  status?: boolean | undefined;
  /**
   * For pages that are not your own: nothing of them is run. MDX is shown as Markdown, HTML is sanitized as
   * on GitHub, `head` and attributes of the front matter are left out, pictures of other hosts are links.
   * Takes Astro's `unified()` as the processor of Markdown. Default: false.
   */
  untrusted?: boolean | undefined;
  /** Astro components in the place of ours: `{ Table: './src/components/Table.astro' }`. */
  components?: ComponentPaths | undefined;
  /**
   * What faults do to a build: `'fail'` ends it, `'warn'` prints them and goes on, a baseline (as `plumbline
   * check --baseline` keeps it) ends it for those that it does not list. Default: the `baseline` of
   * `plumbline.yaml`, else `'fail'`.
   */
  errors?: 'fail' | 'warn' | { baseline: string } | undefined;
}

/** Each gets what it replaces as its slot, so that one that only adds something writes `<slot />`. */
interface ComponentPaths {
  /** What stands above a page; gets `kind`, `namespace`, `name`, `application` and `stack` of a resource. */
  Head?: string | undefined;
  /** The mark beside a title that opens what the page rests on. */
  Mark?: string | undefined;
  /** Each table that is made of the manifests; gets `view`. */
  Table?: string | undefined;
  /** Each diagram that is made of the manifests; gets `view`. */
  Diagram?: string | undefined;
  /** State, stacks, questions and map of the first page. */
  Home?: string | undefined;
  /** What a reader finds at an address that there is not. */
  Lost?: string | undefined;
  /** The text of the pages of a kind, such as `{ Secret: './src/….astro' }`; gets what `Head` does. */
  kinds?: Record<string, string> | undefined;
}
