/** In a short sidebar that is longer than the window the page itself is in sight, as in the long one. */
const current = document.querySelector<HTMLElement>('.pl-brief [aria-current]');
const pane = current?.closest<HTMLElement>('sl-sidebar-pane');
if (current && pane && pane.scrollTop === 0) {
  const below = current.getBoundingClientRect().bottom - pane.getBoundingClientRect().top;
  if (below > pane.clientHeight) pane.scrollTop = below - pane.clientHeight / 2;
}
