/**
 * Whether a key alone opens the search. Whoever speaks to a browser, or hits keys by accident, must be able
 * to turn it off. Source: WCAG 2.1.4, Character Key Shortcuts. Without storage it stays on.
 */
export function isSingleKeyOn(): boolean {
  try {
    return localStorage.getItem(key) !== off;
  } catch {
    return true;
  }
}

export function turnSingleKey(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(key);
    else localStorage.setItem(key, off);
  } catch {
    // A browser that keeps nothing asks again on the next page.
  }
}

const key = 'plumbline-single-key';
const off = 'off';
