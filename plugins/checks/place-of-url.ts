/** Host and path of a URL, in whatever form it is written. */
export function placeOfUrl(url: string): string {
  return url
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([\w.-]+):(?!\d+\/)/, '$1/');
}
