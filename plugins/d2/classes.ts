/**
 * The shape classes of `@gitops/classes`, one for each thing a platform is made of. A colour written in D2
 * cannot follow a theme switch. So each class is written in its light colours, every one unique to one class
 * and use, and the renderer turns exactly these into custom properties (`--d2-project-fill`) that the site's
 * stylesheet sets for both themes. What an author writes over a class is another colour and stays as it is.
 */
export function classesD2(): string {
  const entries = Object.entries(palette).map(([name, { light, dashed }]) => {
    const [fill, stroke, text] = light;
    const dash = dashed ? 'stroke-dash: 4; ' : '';
    return (
      `  ${name}: {\n    style: { fill: "${fill}"; stroke: "${stroke}"; font-color: "${text}"; ` +
      `font-size: 16; stroke-width: 1; ${dash}border-radius: 6 }\n  }\n`
    );
  });
  return `classes: {\n${entries.join('')}}\n`;
}

/** What a class colours, in the order of the table. */
export const uses = ['fill', 'stroke', 'text'] as const;

/** The custom property for a colour of a class, by its light value in lower case. */
export const classColours: ReadonlyMap<string, string> = new Map(
  Object.entries(paletteTable()).flatMap(([name, { light }]) =>
    uses.map((use, at): [string, string] => [light[at] ?? '', `--d2-${name}-${use}`]),
  ),
);

/**
 * `[fill, stroke, text]` for both themes. Texts keep 7:1 on their fill and on the page, strokes 3:1 (WCAG 2.2
 * AAA, 1.4.11).
 */
function paletteTable(): Record<ClassName, ClassColours> {
  return {
    bootstrap: { light: ['#ebf7fe', '#348ab6', '#023d57'], dark: ['#122b38', '#4d9cc7', '#bfe4fb'] },
    gitops: { light: ['#f1f4fe', '#6e7abf', '#2c3363'], dark: ['#22263b', '#808dcf', '#d4dcff'] },
    project: { light: ['#f5f3fe', '#8573b8', '#3c2d5f'], dark: ['#292439', '#9786c9', '#e0d8fd'] },
    set: { light: ['#eef5fe', '#5382be', '#153863'], dark: ['#1a283b', '#6795cf', '#c9e0fe'] },
    application: { light: ['#e7f8fe', '#1a8ead', '#033f4e'], dark: ['#0d2c36', '#3ea0be', '#bbe6f6'] },
    namespace: {
      light: ['#e5faf8', '#04938e', '#04413e'],
      dark: ['#0a2e2c', '#33a6a0', '#b9e9e5'],
      dashed: true,
    },
    source: { light: ['#fef2e7', '#ab7235', '#522e02'], dark: ['#352311', '#bc854d', '#f6d8bc'] },
    sensor: { light: ['#fef1ec', '#b46b49', '#5a270c'], dark: ['#382117', '#c57e5e', '#fcd4c3'] },
    action: { light: ['#fef1f0', '#b76660', '#5c2321'], dark: ['#39201e', '#c87973', '#fed2cd'] },
    policy: { light: ['#feeffc', '#a3689e', '#50254d'], dark: ['#332031', '#b57baf', '#f2d3ee'] },
    secret: { light: ['#fbf4e4', '#9a7c2a', '#473501'], dark: ['#30260f', '#ac8e44', '#ecddb9'] },
    store: { light: ['#f6f6e5', '#8a832f', '#3e3a01'], dark: ['#2b2910', '#9b9648', '#e2e0bb'] },
    route: { light: ['#e8f9f1', '#349470', '#01432f'], dark: ['#122e23', '#4ea683', '#c0e9d6'] },
    workload: { light: ['#ecf9ec', '#569158', '#154319'], dark: ['#1b2d1b', '#6aa36c', '#cae7ca'] },
    more: { light: ['#f0f5fd', '#7c8088', '#34383e'], dark: ['#24282e', '#8e929a', '#d9dee6'], dashed: true },
  };
}

export const palette = paletteTable();

export type ClassName =
  | 'bootstrap'
  | 'gitops'
  | 'project'
  | 'set'
  | 'application'
  | 'namespace'
  | 'source'
  | 'sensor'
  | 'action'
  | 'policy'
  | 'secret'
  | 'store'
  | 'route'
  | 'workload'
  | 'more';

export interface ClassColours {
  light: Triple;
  dark: Triple;
  dashed?: boolean;
}

type Triple = readonly [fill: string, stroke: string, text: string];
