/** Behind each sync window of a project: whether it is open now, or when next, by the reader's clock. */
import { nextOpening, type WindowTimes } from './windows/next-opening.ts';

for (const window of document.querySelectorAll<HTMLElement>('[data-opens]')) {
  const { opens = '', now = '', next = '' } = window.dataset;
  const opening = nextOpening(JSON.parse(opens) as WindowTimes, Date.now());
  if (opening === null) continue;
  const time = document.createElement('time');
  time.dateTime = new Date(opening.at).toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(opening.at);
  const told = document.createElement('span');
  told.className = 'pl-muted';
  const [before = '', after = ''] = (opening.isOpen ? now : next).split('{time}');
  told.append(` (${before}`, time, `${after})`);
  window.append(told);
}
