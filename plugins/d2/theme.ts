import { palette, uses } from './classes.ts';

/**
 * The stylesheet that a site includes once for all its diagrams: colours for light and dark, the fonts'
 * names, links, Markdown inside shapes, and what a legend shows of a class. Everything in it is under
 * `.d2-diagram` or `.d2-legend`, or a custom property that begins with `--d2-`; the properties are set with
 * no specificity, so a site may set any of them anew. Dark follows Starlight's `data-theme` on the root
 * element, whatever the system prefers.
 */
export function diagramCss(): string {
  const light = [
    `--d2-font:${fonts.text.stack}`,
    `--d2-font-mono:${fonts.mono.stack}`,
    ...properties('light'),
  ];
  return [
    `:where(:root){${light.join(';')}}`,
    // On paper the colours are the light ones, whatever the page's.
    `@media screen{:where(:root[data-theme='dark']){${properties('dark').join(';')}}}`,
    fallbackFaces,
    rules,
    ...Object.keys(palette).map(
      (name) =>
        `.d2-legend>.d2-${name}{--d2-fill:var(--d2-${name}-fill);--d2-stroke:var(--d2-${name}-stroke)}`,
    ),
    '',
  ].join('\n');
}

/**
 * The families that diagrams are set in, in the order asked for. D2 measures its texts in Source Sans Pro and
 * Source Code Pro; Source Sans 3 is the same design under its new name. A site serves the first pair (weights
 * 400, 600, 700 and italic 400); where none is there, a system font scaled to the same width keeps every text
 * inside its shape.
 */
const fonts = {
  text: {
    families: ['Source Sans 3 Variable', 'Source Sans 3', 'Source Sans Pro', 'd2-sans'],
    stack: `'Source Sans 3 Variable','Source Sans 3','Source Sans Pro',d2-sans,sans-serif`,
  },
  mono: {
    families: ['Source Code Pro Variable', 'Source Code Pro', 'd2-mono'],
    stack: `'Source Code Pro Variable','Source Code Pro',d2-mono,monospace`,
  },
} as const;

/** D2's theme colours: N1 text … N7 page, B1 lines, B2–B6 fills by depth, AA and AB for special shapes. */
export const themeColours: Record<string, { light: string; dark: string }> = {
  N1: { light: '#1c2430', dark: '#e6eaf0' },
  N2: { light: '#475265', dark: '#b6c0ce' },
  N3: { light: '#68758a', dark: '#929eb0' },
  N4: { light: '#bcc5d1', dark: '#525c6b' },
  N5: { light: '#d8dee7', dark: '#3a434f' },
  N6: { light: '#edf0f5', dark: '#272d37' },
  N7: { light: '#ffffff', dark: '#17181c' },
  B1: { light: '#66748a', dark: '#8d9ab0' },
  B2: { light: '#4f6590', dark: '#9db0d4' },
  B3: { light: '#e6ebf3', dark: '#2d3542' },
  B4: { light: '#f4f6fa', dark: '#1e232c' },
  B5: { light: '#fbfcfe', dark: '#272e3a' },
  B6: { light: '#f2f5f9', dark: '#2f3744' },
  AA2: { light: '#42679c', dark: '#93b2de' },
  AA4: { light: '#e6eef9', dark: '#243147' },
  AA5: { light: '#f0f5fc', dark: '#1f2a3c' },
  AB4: { light: '#e8f0ec', dark: '#22332c' },
  AB5: { light: '#f1f6f3', dark: '#1e2b26' },
};

function properties(theme: 'light' | 'dark'): string[] {
  const own = Object.entries(themeColours).map(([code, colours]) => `--d2-${code}:${colours[theme]}`);
  const classes = Object.entries(palette).flatMap(([name, colours]) =>
    uses.map((use, at) => `--d2-${name}-${use}:${colours[theme][at]}`),
  );
  return [...own, ...classes];
}

const fallbackFaces = [
  `@font-face{font-family:d2-sans;src:local('Arial'),local('Liberation Sans'),local('Helvetica Neue'),local('Helvetica'),local('Roboto');size-adjust:94%}`,
  `@font-face{font-family:d2-sans;font-style:italic;src:local('Arial Italic'),local('Liberation Sans Italic'),local('Helvetica Neue Italic'),local('Helvetica-Oblique'),local('Roboto Italic');size-adjust:90%}`,
  `@font-face{font-family:d2-sans;font-weight:600 700;src:local('Arial Bold'),local('Liberation Sans Bold'),local('Helvetica Neue Bold'),local('Helvetica-Bold'),local('Roboto Bold');size-adjust:92%}`,
  `@font-face{font-family:d2-mono;src:local('Courier New'),local('Liberation Mono'),local('Menlo'),local('Consolas');size-adjust:99%}`,
].join('\n');

/** Sizes under `.md` are those by which D2 measured the shape; another margin here cuts text off. */
const rules = `
.d2-diagram{display:block;width:100%;max-width:var(--d2-width);height:auto;margin-inline:auto;overflow:visible}
.d2-diagram a{cursor:pointer;text-decoration:none}
.d2-diagram a text{text-decoration:underline;text-decoration-thickness:1px;text-decoration-style:dotted;text-underline-offset:3px}
.d2-diagram a:hover text,.d2-diagram a:focus-visible text{text-decoration-style:solid}
.d2-diagram a:hover .d2-shape{stroke-width:2.5px}
.d2-diagram a:focus-visible{outline:none}
.d2-diagram a:focus-visible .d2-shape{stroke:var(--d2-focus,var(--d2-B2));stroke-width:3.5px;stroke-dasharray:none}
.d2-diagram .d2-code-dark{display:none}
@media screen{:root[data-theme='dark'] .d2-diagram .d2-code-light{display:none}
:root[data-theme='dark'] .d2-diagram .d2-code-dark{display:inline}}
.d2-diagram .d2-flow{animation:d2-flow 1s linear infinite}
@keyframes d2-flow{from{stroke-dashoffset:0}}
@media (prefers-reduced-motion:reduce){.d2-diagram .d2-flow{animation:none}}
@media (forced-colors:active){.d2-diagram{forced-color-adjust:none;background:#fff}}
@media print{.d2-diagram{min-width:0!important}}
.d2-diagram .md{font-size:16px;line-height:1.5;overflow-wrap:break-word;tab-size:4;color:var(--d2-N1,#1c2430)}
.d2-diagram .md>:first-child{margin-top:0}
.d2-diagram .md>:last-child{margin-bottom:0}
.d2-diagram .md :is(p,blockquote,ul,ol,dl,table,pre){margin:0 0 16px}
.d2-diagram .md :is(h1,h2,h3,h4,h5,h6){margin:24px 0 16px;font-weight:600;line-height:1.25;color:inherit}
.d2-diagram .md h1{font-size:32px;margin-top:0;padding-bottom:9.6px;border-bottom:1px solid var(--d2-N5,#d8dee7)}
.d2-diagram .md h2{font-size:24px;padding-bottom:7.2px;border-bottom:1px solid var(--d2-N5,#d8dee7)}
.d2-diagram .md h3{font-size:20px}
.d2-diagram .md h4{font-size:16px}
.d2-diagram .md h5{font-size:14px}
.d2-diagram .md h6{font-size:13.6px;color:var(--d2-N2,#475265)}
.d2-diagram .md :is(ul,ol){padding-left:2em;list-style:revert}
.d2-diagram .md :is(ul ul,ul ol,ol ul,ol ol){margin-bottom:0}
.d2-diagram .md li+li{margin-top:4px}
.d2-diagram .md a{color:var(--d2-B2,#4f6590);text-decoration:underline}
.d2-diagram .md :is(code,kbd,samp,pre){font-family:var(--d2-font-mono,monospace)}
.d2-diagram .md :is(code,samp){padding:3.2px 6.4px;font-size:85%;background:var(--d2-N6,#edf0f5);border-radius:6px}
.d2-diagram .md pre{padding:16px;font-size:85%;line-height:1.45;background:var(--d2-N6,#edf0f5);border-radius:6px;overflow:hidden}
.d2-diagram .md pre code{padding:0;font-size:100%;background:none}
.d2-diagram .md blockquote{padding:0 1em;color:var(--d2-N2,#475265);border-left:4px solid var(--d2-N5,#d8dee7)}
.d2-diagram .md hr{height:4px;margin:24px 0;border:0;background:var(--d2-N5,#d8dee7)}
.d2-diagram .md table{border-collapse:collapse}
.d2-diagram .md :is(th,td){padding:6px 13px;border:1px solid var(--d2-N4,#bcc5d1)}`.trim();
