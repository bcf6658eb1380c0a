import type { Say } from '../words.ts';

/**
 * One drawing in its frame. Zooming makes the drawing wider than the frame, which then scrolls: so the
 * browser's own scrolling by touch and wheel goes on working, and at an edge goes on to the page.
 */
export function createView(canvas: HTMLElement, svg: SVGSVGElement, say: Say, onChange: () => void): View {
  const written = svg.style.cssText;
  /** Below this width, in pixels, a text would fall under 12 px. */
  const readable = Number.parseFloat(svg.style.minWidth) || 0;
  const { width: drawnWidth, height: drawnHeight } = svg.viewBox.baseVal;
  const ratio = drawnWidth / drawnHeight;
  let zoomed = false;

  const width = () => svg.getBoundingClientRect().width;
  const isLarge = () => canvas.closest('dialog') !== null;
  const inner = () => {
    const { paddingLeft, paddingTop } = getComputedStyle(canvas);
    return {
      width: canvas.clientWidth - 2 * Number.parseFloat(paddingLeft),
      height: canvas.clientHeight - 2 * Number.parseFloat(paddingTop),
    };
  };
  /** All of the drawing in the frame; on a page, whose frame grows with it, all of its width. */
  const whole = () => (isLarge() ? Math.min(inner().width, inner().height * ratio) : inner().width);
  const fitted = () => Math.max(readable, Math.min(whole(), (isLarge() ? 2 : 1) * drawnWidth));
  const least = () => Math.min(fitted(), whole());
  const most = () => Math.max(4 * drawnWidth, fitted());

  const view: View = {
    canvas,
    svg,
    isZoomed: () => zoomed,
    canGrow: () => width() < most() - 1,
    canShrink: () => width() > least() + 1,
    canPan: () =>
      canvas.scrollWidth > canvas.clientWidth + 1 || canvas.scrollHeight > canvas.clientHeight + 1,
    fit() {
      zoomed = false;
      svg.style.cssText = written;
      canvas.style.height = '';
      if (isLarge()) setWidth(fitted());
      changed();
    },
    zoom(factor, at = middle()) {
      const next = Math.max(least(), Math.min(most(), width() * factor));
      if (Math.abs(next - fitted()) < 1) return view.fit();
      // The frame keeps its height, so that the page below it does not move.
      if (!zoomed && !isLarge()) canvas.style.height = `${canvas.offsetHeight}px`;
      zoomed = true;
      const before = svg.getBoundingClientRect();
      const [across, down] = [(at.x - before.left) / before.width, (at.y - before.top) / before.height];
      setWidth(next);
      const after = svg.getBoundingClientRect();
      canvas.scrollLeft += after.left + across * after.width - at.x;
      canvas.scrollTop += after.top + down * after.height - at.y;
      changed();
    },
    pan(x, y) {
      const { scrollLeft, scrollTop } = canvas;
      canvas.scrollBy({ left: x, top: y, behavior: 'instant' });
      return canvas.scrollLeft !== scrollLeft || canvas.scrollTop !== scrollTop;
    },
  };

  function setWidth(pixels: number): void {
    svg.style.width = `${pixels}px`;
    svg.style.maxWidth = 'none';
    svg.style.minWidth = '0';
  }
  function middle(): Point {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }
  function changed(): void {
    canvas.classList.toggle('pl-zoomed', zoomed);
    canvas.classList.toggle('pl-movable', view.canPan());
    onChange();
  }

  canvas.tabIndex = 0;
  canvas.role = 'group';
  canvas.ariaLabel = say('keys', { title: svg.querySelector('title')?.textContent ?? '' });
  canvas.setAttribute('aria-keyshortcuts', 'Plus - 0');
  new ResizeObserver(() => (isLarge() && !zoomed ? view.fit() : changed())).observe(canvas);
  return view;
}

/** In pixels of the window. */
export interface Point {
  x: number;
  y: number;
}

export interface View {
  canvas: HTMLElement;
  svg: SVGSVGElement;
  isZoomed(): boolean;
  canGrow(): boolean;
  canShrink(): boolean;
  canPan(): boolean;
  /** As it was at first: as wide as the frame, but never so small that it cannot be read. */
  fit(): void;
  /** By a factor, with one point of the drawing staying where it is; the middle of the frame unless told. */
  zoom(factor: number, at?: Point): void;
  /** False where it is at the edge already. */
  pan(x: number, y: number): boolean;
}
