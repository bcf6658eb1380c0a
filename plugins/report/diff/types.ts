/** What a printer of a comparison asks of its surroundings. */
export interface DiffIo {
  color: boolean;
  /** A file's path from the top of its Git repository, where that is not the root; without it: as it is. */
  path?(file: string): string;
  /** Address of a line on one side, by path from the top of the repository; null where there is none. */
  link?(path: string, line: number, side: 'base' | 'head'): string | null;
}
