import { missingFile } from '../rules/pages/command-unknown.ts';
import { answerKind } from './answer-kind.ts';
import { answerNamespace } from './answer-namespace.ts';
import { answerRelease } from './answer-release.ts';
import { answerResource } from './answer-resource.ts';
import { findPath } from './command-paths.ts';
import type { About, Answer, Question } from './types.ts';

/**
 * What the repository says to one question. Null where it cannot say anything: gaps, unknown kinds, names
 * that controllers make.
 */
export function answer(question: Question, about: About): Answer | null {
  if (question.word.open) return null;
  switch (question.ask) {
    case 'namespace':
      return answerNamespace(question.word, about);
    case 'kind':
      return answerKind(question.word, about);
    case 'resource':
      return answerResource(question, about);
    case 'release':
      return answerRelease(question.word, about);
    case 'path': {
      const found = findPath(question, about.platform, about.statement);
      if (found.ok === null) return null;
      if (found.ok) return { looked: found.path };
      return { looked: found.path, path: found.path, fault: missingFile(about, found) };
    }
  }
}
