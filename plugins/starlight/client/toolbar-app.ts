/**
 * A panel of Astro's toolbar for whoever writes: what the page that is open states, and how each fares; those
 * that are not so first. A click opens the line in the editor.
 */
const app = {
  id: 'plumbline',
  name: 'Plumbline',
  init(canvas: ShadowRoot, app: App, server: Server): void {
    const panel = document.createElement('astro-dev-toolbar-window');
    canvas.append(panel);
    server.on<PageState>('plumbline:page', (page) => {
      if (page.address === location.pathname) show(panel, page, app);
    });
    const ask = () => server.send('plumbline:ask', { address: location.pathname });
    app.onToggled(({ state }) => {
      if (state) ask();
    });
    document.addEventListener('astro:page-load', ask);
    ask();
  },
};
export default app;

function show(panel: HTMLElement, { statements }: PageState, app: App): void {
  const wrong = statements.filter(({ outcome }) => outcome === 'false' || outcome === 'invalid');
  const open = statements.filter(({ outcome }) => outcome === 'unverified');
  const rest = statements.filter((one) => !wrong.includes(one) && !open.includes(one));
  app.toggleNotification(
    wrong.length > 0
      ? { state: true, level: 'error' }
      : open.length > 0
        ? { state: true, level: 'warning' }
        : { state: false },
  );
  const title = document.createElement('h1');
  title.textContent =
    statements.length === 0
      ? 'Plumbline: this page states nothing'
      : `Plumbline: ${rest.length} of ${statements.length} verified`;
  const list = document.createElement('ul');
  list.style.cssText = 'list-style:none;margin:0;padding:0;overflow:auto;max-height:60vh;font-size:14px';
  list.append(...[...wrong, ...open, ...rest].map(item));
  panel.replaceChildren(title, list);
}

function item({ type, name, line, outcome, why, edit }: StatementState): HTMLLIElement {
  const row = document.createElement('li');
  row.style.cssText = 'padding:6px 0;border-top:1px solid #343841;overflow-wrap:anywhere';
  const mark = document.createElement('span');
  mark.textContent = `${marks[outcome]} ${type} `;
  const link = document.createElement('a');
  link.href = edit;
  link.textContent = `${name} (line ${line})`;
  link.style.color = 'inherit';
  link.addEventListener('click', (event) => {
    event.preventDefault();
    void fetch(link.href);
  });
  row.append(mark, link);
  for (const reason of why) {
    const note = document.createElement('div');
    note.textContent = reason;
    note.style.cssText = 'padding-inline-start:1.4em;opacity:.8';
    row.append(note);
  }
  return row;
}

const marks = { true: '✓', false: '✗', unverified: '?', invalid: '✗' } as const;

/** What the panel shows of one page, by the address that it was asked for. */
export interface PageState {
  address: string;
  statements: StatementState[];
}

export interface StatementState {
  type: string;
  name: string;
  line: number;
  outcome: keyof typeof marks;
  /** What is wrong, or what is not known. */
  why: string[];
  /** Address that opens its line in the editor. */
  edit: string;
}

/** The parts of Astro's own objects that are used here. */
interface App {
  onToggled(callback: (toggled: { state: boolean }) => void): void;
  toggleNotification(notification: { state: boolean; level?: 'error' | 'warning' }): void;
}

interface Server {
  on<T>(event: string, callback: (data: T) => void): void;
  send(event: string, payload: unknown): void;
}
