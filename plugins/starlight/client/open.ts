/** Tells the server which page is open, once it listens: what is shown otherwise later is reloaded. */
const tell = () => import.meta.hot?.send('plumbline:open', { address: location.pathname + location.search });
document.addEventListener('astro:page-load', tell);
tell();
