import { describe, expect, it } from 'vitest';
import { keepAnswers } from '../../plugins/base/index.ts';

describe('answers that are kept', () => {
  it('works out each once, nothing included', () => {
    const asked: string[] = [];
    const answer = keepAnswers<string, string | undefined>(10);
    const ask = (key: string) => answer(key, () => void asked.push(key));
    expect([ask('a'), ask('b'), ask('a')]).toEqual([undefined, undefined, undefined]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('forgets all of them where one more than the most would be kept', () => {
    const asked: number[] = [];
    const answer = keepAnswers<number, number>(2);
    for (const key of [1, 2, 1, 3, 3, 1]) answer(key, () => asked.push(key));
    expect(asked).toEqual([1, 2, 3, 1]);
  });

  it('keeps nothing of a call that throws', () => {
    const answer = keepAnswers<string, string>(2);
    expect(() =>
      answer('a', () => {
        throw new Error('not yet');
      }),
    ).toThrow('not yet');
    expect(answer('a', () => 'now')).toBe('now');
  });
});
