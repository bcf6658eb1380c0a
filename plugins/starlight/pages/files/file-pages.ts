import { h } from 'hastscript';
import { type Engine, fileAnchor, fileSlugs, folderOfPage, longestManifest } from '../../../engine/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from '../generated-page.ts';
import { block } from '../html.ts';
import { codeLines } from '../things/code-lines.ts';
import { copyWords } from '../things/copy-words.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * Files that are no resource of their own, a page for each folder of a stack, so that a line that is named
 * can be read where no Git host is known.
 */
export function filePages({ platform }: Engine, { slugs, speech }: GeneratedOptions): GeneratedPage[] {
  const files = [...fileSlugs(platform, slugs.values())];
  const { say } = speech;
  return [...Map.groupBy(files, ([, slug]) => slug)].map(([slug, own]): GeneratedPage => {
    const folder = folderOfPage(own.map(([path]) => path));
    const title = say('files.title', { folder });
    return {
      id: slug,
      data: {
        ...generatedData,
        title,
        description: say('files.description'),
        pagefind: false,
        tableOfContents: false,
      },
      body: [
        block(h('p', copyWords(speech), say('files.description'))),
        ...own.map(([path]) => {
          const all = withoutSecrets(platform.sources.files.get(path)?.text ?? '')
            .trimEnd()
            .split('\n');
          const lines = all.slice(0, longestManifest).map((text) => ({ text }));
          const rest = all.length - lines.length;
          const caption = [
            path,
            ...(rest > 0 ? [' ', h('span.pl-muted', say('resource.moreLines', { count: rest }))] : []),
          ];
          return codeLines({ caption, lines, first: 1, anchor: fileAnchor(path) });
        }),
      ].join('\n\n'),
    };
  });
}
