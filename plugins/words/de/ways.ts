import type { ways as english } from '../en/ways.ts';

export const ways: Readonly<Record<keyof typeof english, string>> = {
  'sidebar.parts': 'Die Site',

  'search.placeholder': 'Name, Art/Name oder eine Frage',
  'search.names': 'Namen',
  'search.pages': 'Im Text',
  'search.recent': 'Zuletzt geöffnet',
  'search.page': 'Seite',
  'search.all': 'beliebig',
  'search.kind': 'Art',
  'search.namespace': 'Namespace',
  'search.application': 'Application',
  'search.stack': 'Stack',
  'search.found_one': '{{count, number}} Name',
  'search.found_other': '{{count, number}} Namen',
  'search.nothing': 'Nichts heißt „{{query}}“, und keine Seite sagt es.',
  'search.nearest': 'Ist eines davon gemeint?',
  'search.more': 'Alle {{count, number}} zeigen',
  'search.help': '↑ ↓ wählen, ⏎ öffnen, secret: oder ns: grenzt ein, Esc schließt',
  'search.close': 'Schließen',
  'search.development': 'Text wird in der gebauten Site gesucht; Namen auch hier.',
};
