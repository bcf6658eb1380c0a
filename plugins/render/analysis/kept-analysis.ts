import type { SourceFile } from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import { analyse } from './analyse.ts';
import type { Analysis } from './analysis.ts';

/**
 * The analysis of a kustomization, as it was made before in this process where the file is the very same and
 * all that it asked of the repository is answered as it was. One that asked for more than which files and
 * folders there are is made anew each time.
 */
export function keptAnalysis(file: SourceFile, repository: Repository): Analysis {
  const before = kept.get(file);
  const { unrestricted } = repository;
  if (
    before?.unrestricted === unrestricted &&
    before.asked.every(({ question, path, answer }) => repository[question](path) === answer)
  )
    return before.analysis;
  const { watched, asked, isAll } = watch(repository);
  const analysis = analyse(file, watched);
  if (isAll()) kept.set(file, { unrestricted, asked: [...asked.values()], analysis });
  else kept.delete(file);
  return analysis;
}

const kept = new WeakMap<SourceFile, Kept>();

/** Notes what is asked of a repository, and whether that is all. */
function watch(repository: Repository): Watched {
  // By the question: the same is asked several times.
  const asked = new Map<string, Asked>();
  let isAll = true;
  const more = <Way extends keyof Repository>(way: Way): Repository[Way] => {
    isAll = false;
    return repository[way];
  };
  const note =
    <Way extends Question>(question: Way) =>
    (path: string): ReturnType<Repository[Way]> => {
      const answer = repository[question](path) as ReturnType<Repository[Way]>;
      asked.set(`${question} ${path}`, { question, path, answer });
      return answer;
    };
  const watched: Repository = {
    root: repository.root,
    home: repository.home,
    unrestricted: repository.unrestricted,
    file: note('file'),
    kustomizationIn: note('kustomizationIn'),
    isDirectory: note('isDirectory'),
    exists: note('exists'),
    treeOf: note('treeOf'),
    get store() {
      return more('store');
    },
    pathOf: (path) => more('pathOf')(path),
    hashOf: (path) => more('hashOf')(path),
    filesBelow: (directory) => more('filesBelow')(directory),
    namesIn: (directory) => more('namesIn')(directory),
    isOfOthers: (path) => more('isOfOthers')(path),
    borrow: (path, from) => more('borrow')(path, from),
    isBorrowed: (path) => more('isBorrowed')(path),
  };
  return { watched, asked, isAll: () => isAll };
}

type Question = 'file' | 'kustomizationIn' | 'isDirectory' | 'exists' | 'treeOf';

interface Kept extends Pick<Repository, 'unrestricted'> {
  asked: Asked[];
  analysis: Analysis;
}

interface Watched {
  watched: Repository;
  asked: ReadonlyMap<string, Asked>;
  isAll(): boolean;
}

interface Asked {
  question: Question;
  path: string;
  answer: unknown;
}
