/** The ways into a site: its search, its first page, the page for whoever is lost, and how far it is to be trusted. */
export const ways = {
  'sidebar.parts': 'The site',

  'search.placeholder': 'Name, kind/name or a question',
  'search.names': 'Names',
  'search.pages': 'In the text',
  'search.recent': 'Opened last',
  'search.page': 'Page',
  'search.all': 'any',
  'search.kind': 'Kind',
  'search.namespace': 'Namespace',
  'search.application': 'Application',
  'search.stack': 'Stack',
  'search.found_one': '{{count, number}} name',
  'search.found_other': '{{count, number}} names',
  'search.nothing': 'Nothing is called “{{query}}”, and no page says it.',
  'search.nearest': 'Do you mean one of these?',
  'search.more': 'Show all {{count, number}}',
  'search.help': '↑ ↓ choose, ⏎ open, secret: or ns: narrow, Esc close',
  'search.close': 'Close',
  'search.development': 'Text is searched in the built site; names are found here as well.',
} as const;
