/**
 * A line of a source has an address on the page where something links to it; any other gets one when the
 * address of the page asks for it: `#L12`, or `#f1a2b3cL12` where there are several files.
 */
addEventListener('hashchange', show);
show();

function show(): void {
  const [, file, number] = /^#(f[\da-f]+)?L(\d+)$/.exec(location.hash) ?? [];
  const id = location.hash.slice(1);
  if (number === undefined || document.getElementById(id)) return;
  const source = document.querySelector<HTMLElement>(`.pl-source${file ? `#${file}` : ''} pre[style]`);
  const before = Number(source?.style.getPropertyValue('--from') ?? 0);
  const line = source?.querySelectorAll('a')[Number(number) - before - 1];
  if (!line) return;
  line.id = id;
  // The browser looks for it once more.
  location.replace(location.hash);
}
