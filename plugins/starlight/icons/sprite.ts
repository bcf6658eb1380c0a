import type { IconName } from './kinds.ts';

/** The sprite: each mark a symbol by its name. Strokes are the page's, as a symbol knows no parent. */
export function iconSprite(): string {
  const symbols = Object.entries(shapes).map(
    ([name, path]) => `<symbol id="${name}" viewBox="0 0 16 16"><path d="${path}"/></symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

const shapes: Readonly<Record<IconName, string>> = {
  application: 'M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3',
  set: 'M5 5h9v9H5zM2 11V2h9',
  project: 'M2 4h5l1.5 2H14v7H2z',
  namespace: 'M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3M5.5 5.5h5v5h-5z',
  workload: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.5 5 8 8.2 13.5 5M8 8.2v6',
  job: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3l2 2',
  secret: 'M5.5 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7.4 8.3 13.5 2.2M11 4.7l2 2',
  config: 'M4 2h5l3 3v9H4zM9 2v3h3M6 8h4M6 11h4',
  route: 'M2 8h5c3 0 2-5 5-5h2M12 1l2 2-2 2M7 8c3 0 2 5 5 5h2M12 11l2 2-2 2',
  network: 'M8 2v4M8 6H3.5v3M8 6h4.5v3M2 9h3v3H2zM11 9h3v3h-3zM6.5 9h3v3h-3zM8 6v3',
  policy: 'M8 1.8 13 4v4c0 3-2 5-5 6.2C5 13 3 11 3 8V4zM5.8 8l1.6 1.6L10.4 6.5',
  event: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  workflow: 'M2 3h4v4H2zM10 9h4v4h-4zM4 7v4h6M10 3h4v4h-4zM6 5h4',
  person: 'M8 2a2.7 2.7 0 1 0 0 5.4A2.7 2.7 0 0 0 8 2zM2.5 14c.5-3 2.5-4.5 5.5-4.5S13 11 13.5 14',
  storage:
    'M2.5 4c0-1.2 2.5-2 5.5-2s5.5.8 5.5 2-2.5 2-5.5 2-5.5-.8-5.5-2zM2.5 4v8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2V4M2.5 8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2',
  definition: 'M5 3 1.5 8 5 13M11 3l3.5 5L11 13',
  thing: 'M8 2.5 12.8 5.2v5.6L8 13.5l-4.8-2.7V5.2z',
};
