/** Stands for the commit in stored pages, so that a page stays as it is when only the commit has changed. */
export const commitToken = '__plumbline_commit__';
