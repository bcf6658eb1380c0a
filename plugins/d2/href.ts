/** Whether an address may stand in a page: the web, mail, or a place on this site. */
export function safeHref(href: string): boolean {
  // Browsers skip control characters and spaces before and inside a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked past.
  const bare = href.replace(/[\u0000-\u0020\u007f-\u00a0]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  // A scheme that is written with entities is one to whoever reads the address as HTML.
  if (/^[^/?:]*&(?:#x?[0-9a-f]+|colon|tab|newline);?/i.test(bare)) return false;
  return scheme === undefined || ['http', 'https', 'mailto'].includes(scheme);
}
