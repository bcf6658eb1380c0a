import { compareText } from '../../base/index.ts';
import type { Model } from '../../model/index.ts';
import { apartOf } from '../pages/things/twins.ts';
import type { Named } from './search-index.ts';

/** Every resource that has a page, as the search finds it, in the order of their addresses. */
export function namedThings(model: Model, slugs: ReadonlyMap<string, string>): Named[] {
  const said = new Map(model.policies.map(({ id, rules }) => [id, wordsOf(rules)]));
  const apart = apartOf(model);
  return model.resources
    .flatMap(({ id, kind, namespace, name, application, stack }): Named[] => {
      const slug = slugs.get(id);
      if (slug === undefined) return [];
      const more = { words: said.get(id) ?? '', apart: apart.get(id) ?? '' };
      return [{ kind, namespace, name, application, stack, slug, ...more }];
    })
    .sort((a, b) => compareText(a.slug, b.slug));
}

/** What a refusal shows to whoever was refused: the names of the rules and their messages. */
function wordsOf(rules: Model['policies'][number]['rules']): string {
  const said = rules.flatMap(({ name, message }) => [name, message ?? '']);
  const words =
    said
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}.-]{2,}/gu) ?? [];
  return [...new Set(words)].slice(0, mostWords).join(' ');
}

const mostWords = 60;
