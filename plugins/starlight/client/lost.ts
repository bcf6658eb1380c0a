/**
 * Shows a reader whose address leads nowhere what comes nearest to it. Without a script the ways in stand
 * there.
 */
import type { Named } from '../search/search-index.ts';
import { loadNames, type Names } from './search/names.ts';
import { rank, readQuery } from './search/rank.ts';

const lost = document.querySelector<HTMLElement>('.pl-lost');
if (lost !== null) void suggest(lost);

async function suggest(lost: HTMLElement): Promise<void> {
  const names = await loadNames(lost.dataset.language ?? 'en');
  const near = nearest(names);
  const place = lost.querySelector<HTMLElement>('.pl-lost-near');
  if (near.length === 0 || place === null) return;
  const title = document.createElement('p');
  title.textContent = names.say('nearest');
  const list = document.createElement('ul');
  for (const named of near) {
    const link = document.createElement('a');
    link.href = names.href(named);
    link.textContent = [named.kind, named.namespace, named.name].filter((part) => part !== null).join('/');
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  place.append(title, list);
  place.hidden = false;
}

/** By the whole address, else by its end, which is most often the name. */
function nearest({ indexed }: Names): Named[] {
  const parts = decodeURIComponent(location.pathname)
    .replace(/\.html$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== 'resources');
  for (let from = 0; from < parts.length; from++) {
    const { found } = rank(indexed, readQuery(parts.slice(from).join(' ')), most);
    if (found.length > 0) return found;
  }
  return [];
}

const most = 6;
