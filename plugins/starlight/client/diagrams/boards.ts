import type { Say } from '../words.ts';
import { group, plainButton, setDisabled, textButton } from './tools.ts';

/**
 * The boards of a diagram, one seen at a time: tabs for its layers and scenarios, previous and next for
 * steps. Which one is open stands in the address, so that it can be sent to a colleague.
 */
export function openBoards(figure: HTMLElement, title: string, say: Say, onChange: () => void): void {
  const sequences = [...figure.querySelectorAll<HTMLElement>('.pl-sequence')];
  const [first] = sequences;
  if (!first) return;
  figure.classList.add('pl-tabbed');
  const shows = sequences.map((sequence) => createSequence(sequence, say, (board) => chosen(board)));
  let open = 0;

  const tabs = sequences.map((sequence, index) => {
    const tab = plainButton(sequence.dataset.name ?? '', () => choose(index));
    tab.className = 'pl-tab';
    tab.role = 'tab';
    tab.id = `${boardsOf(sequence)[0]?.id}.tab`;
    return tab;
  });
  if (sequences.length > 1) {
    const list = group('pl-tabs', say('boards', { title }), tabs);
    list.role = 'tablist';
    list.addEventListener('keydown', (event) => {
      const index = { ArrowLeft: open - 1, ArrowRight: open + 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (index === undefined) return;
      event.preventDefault();
      choose((index + tabs.length) % tabs.length);
      tabs[open]?.focus();
    });
    for (const [index, sequence] of sequences.entries()) {
      const tab = tabs[index];
      sequence.id = `${tab?.id}panel`;
      sequence.role = 'tabpanel';
      sequence.setAttribute('aria-labelledby', tab?.id ?? '');
      tab?.setAttribute('aria-controls', sequence.id);
    }
    first.before(list);
  }

  function choose(index: number): void {
    show(index);
    const board = shows[open]?.current();
    if (board) chosen(board);
  }
  function chosen(board: HTMLElement): void {
    // Replaced, so that looking through the boards does not fill the history.
    history.replaceState(history.state, '', hashOf(board.id));
    onChange();
  }
  function show(index: number): void {
    open = index;
    for (const [at, sequence] of sequences.entries()) sequence.hidden = at !== index;
    for (const [at, tab] of tabs.entries()) {
      tab.ariaSelected = String(at === index);
      tab.tabIndex = at === index ? 0 : -1;
    }
    onChange();
  }
  function follow(): void {
    const boards = [...figure.querySelectorAll<HTMLElement>('.pl-board')];
    const board = boards.find(({ id }) => location.hash === hashOf(id) || location.hash === `#${id}`);
    const index = sequences.findIndex((sequence) => board !== undefined && sequence.contains(board));
    if (!board || index < 0) return;
    shows[index]?.show(board);
    show(index);
    tabs[index]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    figure.scrollIntoView({ block: 'nearest' });
  }

  figure.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const board = shows[open]?.current();
    // So that "back" comes back to the board that was left.
    if (link?.getAttribute('href')?.startsWith('#') && board && !event.defaultPrevented) chosen(board);
  });
  window.addEventListener('hashchange', follow);
  show(0);
  follow();
}

/** Steps, of which one is seen; of a sequence of one board, that one. */
function createSequence(sequence: HTMLElement, say: Say, onStep: (board: HTMLElement) => void): SequenceView {
  const boards = boardsOf(sequence);
  let open = 0;
  const previous = textButton('‹', say('previousStep'), () => step(open - 1));
  const next = textButton('›', say('nextStep'), () => step(open + 1));
  const announcement = document.createElement('span');
  announcement.ariaLive = 'polite';
  if (boards.length > 1) sequence.prepend(group('pl-stepper', say('steps'), [previous, announcement, next]));
  show(0);
  return {
    current: () => boards[open],
    show: (board) => show(boards.indexOf(board)),
  };

  function step(index: number): void {
    show(index);
    const board = boards[open];
    if (board) onStep(board);
  }
  function show(index: number): void {
    open = Math.max(0, index);
    for (const [at, board] of boards.entries()) board.hidden = at !== open;
    announcement.textContent = boards[open]?.querySelector('.pl-board-name')?.textContent ?? '';
    setDisabled(previous, open === 0);
    setDisabled(next, open === boards.length - 1);
  }
}

function hashOf(id: string): string {
  return `#${encodeURIComponent(id)}`;
}

function boardsOf(sequence: HTMLElement): HTMLElement[] {
  return [...sequence.querySelectorAll<HTMLElement>('.pl-board')];
}

interface SequenceView {
  current(): HTMLElement | undefined;
  show(board: HTMLElement): void;
}
