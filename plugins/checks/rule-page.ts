/** Address of the page of a rule under the public address of the site. */
export function rulePage(site: string, rule: string): string {
  return new URL(`rules/${rule}/`, site.endsWith('/') ? site : `${site}/`).href;
}
