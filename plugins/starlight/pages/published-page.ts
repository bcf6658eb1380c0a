/** A page of the repository, as the site publishes it. */
export interface PublishedPage {
  /** Absolute, links followed. */
  path: string;
  /** From the root. */
  file: string;
  slug: string;
  title: string;
}
