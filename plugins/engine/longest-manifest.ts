/** Lines of YAML on a page, which so have an anchor: a dashboard of ten thousand helps nobody. */
export const longestManifest = 400;
