/**
 * Shows a reader whose address leads nowhere what comes nearest to it. Without a script the ways in stand
 * there.
 */
import type { Named } from '../search/search-index.ts';
import { decoded } from './decoded.ts';
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
  // Of those that are called alike the first leads to the others.
  const called = new Map(near.map((named) => [titleOf(named), named] as const).reverse());
  for (const [title, named] of [...called].reverse().slice(0, most)) {
    const link = document.createElement('a');
    link.href = names.href(named);
    link.textContent = title;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  place.append(title, list);
  place.hidden = false;
}

function titleOf({ kind, namespace, name }: Named): string {
  return [kind, namespace, name].filter((part) => part !== null).join('/');
}

/** By the whole address, else by its end, which is most often the name. */
function nearest({ indexed }: Names): Named[] {
  const parts = decoded(location.pathname)
    .replace(/\.html$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== 'resources');
  for (let from = 0; from < parts.length; from++) {
    const { found } = rank(indexed, readQuery(parts.slice(from).join(' ')), 4 * most);
    if (found.length > 0) return found;
  }
  return [];
}

const most = 6;
