/**
 * Copies a text, and says so aloud. A site that is served without TLS gives a script no clipboard: there the
 * text is selected and copied as a reader would do it.
 * @param said what was copied.
 * @returns whether it was.
 */
export async function copyText(text: string, said: string): Promise<boolean> {
  const isCopied = await written(text);
  if (isCopied) {
    // Twice the same words would not be said again.
    const region = liveRegion();
    region.textContent = '';
    requestAnimationFrame(() => {
      region.textContent = said;
    });
  }
  return isCopied;
}

/** What is read aloud when its text changes; there before it is needed, as it is not heard else. */
export function liveRegion(): HTMLElement {
  if (live === undefined) {
    live = document.createElement('p');
    live.className = 'sr-only';
    live.ariaLive = 'polite';
    (document.querySelector('main') ?? document.body).append(live);
  }
  return live;
}

async function written(text: string): Promise<boolean> {
  try {
    // In a page that is not served securely there is none.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard === undefined) return selected(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return selected(text);
  }
}

function selected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr-only';
  // Beside what was pressed: a window above the page leaves the rest of it no focus.
  (before?.parentElement ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isCopied;
}

let live: HTMLElement | undefined;
