import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import type { Resource } from '../../plugins/model/index.ts';
import type { ElementContext } from '../../plugins/remark/index.ts';
import { byKind } from '../../plugins/starlight/pages/things/by-kind.ts';

test('more of a kind than anybody reads are the first of them, and the way to the list of the kind', () => {
  const [list] = byKind(ids(60), page);
  const html = toHtml(list ?? []);
  expect(html).toContain('<summary>60 Pod</summary>');
  expect(html.match(/pod-\d+/g)?.length).toBe(50);
  expect(html).toContain('<a href="/resources/pod/">names.andMore 10</a>');
});

test('of those that a fold has room for each is named', () => {
  const [list] = byKind(ids(50), page);
  const html = toHtml(list ?? []);
  expect(html.match(/pod-\d+/g)?.length).toBe(50);
  expect(html).not.toContain('names.andMore');
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => `Pod/shop/pod-${index}`);

const page = {
  platform: {
    model: { resources: [], applications: [] },
    resource: (id: string): Partial<Resource> => ({ id, kind: 'Pod', namespace: null, name: id.slice(9) }),
  },
  links: { resource: () => null, kind: () => '/resources/pod/' },
  speech: { say: (key: string, { count }: { count?: number } = {}) => `${key} ${count}` },
} as unknown as ElementContext;
