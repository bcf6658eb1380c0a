import type { Point, View } from './view.ts';

/** Everything by which a reader moves and zooms a drawing, but the buttons. */
export function moveByHand(view: View): void {
  wheelToZoom(view);
  dragToPan(view);
  pinchToZoom(view);
  keysToMove(view);
}

/**
 * `Ctrl` or `⌘` with the wheel, which is also what a pinch on a trackpad is. The plain wheel stays the
 * page's.
 */
function wheelToZoom(view: View): void {
  view.canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      // One notch is 100 pixels or 3 lines; a pinch comes as many small steps.
      const notches = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY / 3 : event.deltaY / 100;
      view.zoom(1.25 ** -Math.max(-2, Math.min(2, notches)), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );
  view.canvas.addEventListener('dblclick', (event) => {
    if (event.target instanceof Element && event.target.closest('a')) return;
    event.preventDefault();
    view.zoom(event.shiftKey ? 1 / 1.8 : 1.8, { x: event.clientX, y: event.clientY });
  });
}

/** With the mouse or a pen. A finger scrolls the frame as it scrolls everything. */
function dragToPan(view: View): void {
  const { canvas } = view;
  let last: Point | null = null;
  let dragged = false;
  canvas.addEventListener('pointerdown', (event) => {
    dragged = false;
    // Outside of what it shows the frame has its scroll bars.
    const onBar =
      event.target === canvas && (event.offsetX > canvas.clientWidth || event.offsetY > canvas.clientHeight);
    if (event.pointerType !== 'touch' && event.button === 0 && view.canPan() && !onBar)
      last = { x: event.clientX, y: event.clientY };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!last) return;
    const [x, y] = [event.clientX - last.x, event.clientY - last.y];
    // A hand that clicks a link trembles a little.
    if (!dragged && Math.hypot(x, y) < 4) return;
    dragged = true;
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add('pl-dragged');
    view.pan(-x, -y);
    last = { x: event.clientX, y: event.clientY };
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      last = null;
      canvas.classList.remove('pl-dragged');
    });
  canvas.addEventListener('dragstart', (event) => {
    if (view.canPan()) event.preventDefault();
  });
  canvas.addEventListener(
    'click',
    (event) => {
      if (dragged) event.preventDefault();
      dragged = false;
    },
    true,
  );
}

/** Two fingers; the frame's `touch-action` leaves them to us. */
function pinchToZoom(view: View): void {
  let apart = 0;
  const between = ([a, b]: TouchList): { apart: number; middle: Point } | null =>
    a && b
      ? {
          apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
          middle: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 },
        }
      : null;
  view.canvas.addEventListener('touchstart', ({ touches }) => (apart = between(touches)?.apart ?? 0), {
    passive: true,
  });
  view.canvas.addEventListener(
    'touchmove',
    (event) => {
      const fingers = between(event.touches);
      if (!fingers || apart === 0) return;
      if (event.cancelable) event.preventDefault();
      view.zoom(fingers.apart / apart, fingers.middle);
      apart = fingers.apart;
    },
    { passive: false },
  );
}

/** Where the drawing cannot move further the arrow keys stay the page's. */
function keysToMove(view: View): void {
  const step = 60;
  const acts: Record<string, () => boolean> = {
    '+': () => zoomed(1.4),
    '=': () => zoomed(1.4),
    '-': () => zoomed(1 / 1.4),
    '0': () => {
      view.fit();
      return true;
    },
    ArrowLeft: () => view.pan(-step, 0),
    ArrowRight: () => view.pan(step, 0),
    ArrowUp: () => view.pan(0, -step),
    ArrowDown: () => view.pan(0, step),
  };
  const zoomed = (factor: number) => {
    view.zoom(factor);
    return true;
  };
  view.canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (acts[event.key]?.()) event.preventDefault();
  });
}
