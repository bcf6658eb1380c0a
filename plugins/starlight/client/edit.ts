/**
 * While a site is served to whoever writes it, a fault opens in their editor: Vite's server does that when it
 * is asked, and the page stays where it is.
 */
import './open.ts';

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.pl-edit') : null;
  if (link === null) return;
  event.preventDefault();
  void fetch(link.href);
});
