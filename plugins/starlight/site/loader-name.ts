/** Name by which a refresh of the content asks for the loader of the pages. */
export const loaderName = 'plumbline-docs-loader';

/** What a refresh of the content tells that loader. */
export interface RefreshContext {
  plumbline: true;
  /** Absolute paths of the author's pages that are rendered again; null for all that have to be. */
  pages: string[] | null;
  /** Whether pages made from the model are, too. */
  isAll: boolean;
}
