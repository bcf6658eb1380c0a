import type { EarlyDiagnostic } from './diagnostic.ts';
import type { FileFault } from './yaml/parse-documents.ts';

/**
 * What is wrong with a file, and what that is for the rooms that decide whether it is told. A report holds
 * the diagnostic alone.
 */
export type SourceFault = { diagnostic: EarlyDiagnostic } & (
  | {
      kind:
        | Exclude<JudgedFault['kind'], 'unread'>
        | 'no-kind' // a resource of a kustomization that is no object
        | 'link' // one that is not followed
        | 'unreadable'; // the system does not give it
    }
  /** Nothing of it was looked at; `why` begins with `it`. */
  | { kind: 'unread'; why: string }
);

/** One of a file's own; `joined`: a document begins without `---` before it. */
export type JudgedFault = Omit<FileFault, 'kind'> & { kind: FileFault['kind'] | 'joined' };
