/**
 * The choice of the theme stands in a page once, and is put here where it is shown again, before its own
 * script runs.
 */
const [choice, again] = document.querySelectorAll('starlight-theme-select');
if (choice && again instanceof HTMLElement && 'again' in again.dataset) again.innerHTML = choice.innerHTML;
