import type { Root } from 'mdast';
import type { VFile } from 'vfile';

/** What is done to each page as it is rendered: mdast in, the same tree changed. */
export type PageTransformer = (tree: Root, file: VFile) => Promise<void>;
