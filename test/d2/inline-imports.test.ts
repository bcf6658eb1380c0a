import { expect, it } from 'vitest';
import { standalone } from '../../plugins/d2/inline-imports.ts';

const files = {
  'gitops/classes.d2': 'classes: {}',
  'gitops/projects.d2': '...@classes\ndirection: right\nshop',
  'parts/way.d2': 'x -> y\n...@end\n',
  'parts/end.d2': 'y -> z: "@gitops/projects"',
};
const alone = (source: string) => standalone({ source, files, layout: 'dagre' });

it.each([
  ['...@gitops/classes\na', 'a'],
  ['p: @gitops/projects', 'p: {\n  direction: right\n  shop\n}'],
  ['All: {\n  ...@gitops/projects\n}', 'All: {\n  direction: right\n  shop\n}'],
  ['layers: { d: @parts/way }', 'layers: { d: {\n  x -> y\n  y -> z: "@gitops/projects"\n} }'],
  ['...@"parts/way.d2"\nb', 'x -> y\ny -> z: "@gitops/projects"\nb'],
  ['a # ...@parts/way', 'a # ...@parts/way'],
  ['one: @parts/way.x', 'one: @parts/way.x'],
  ['...@gitops/classes # ours\n\na: "me@host"', '\na: "me@host"'],
])('%j stands alone', (source, text) => {
  expect(alone(source)).toBe(text);
});
