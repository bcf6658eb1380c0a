/** Name by which a refresh of the content asks for the loader of the pages. */
export const loaderName = 'plumbline-docs-loader';
