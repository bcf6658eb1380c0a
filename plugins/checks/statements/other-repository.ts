/** Whether a sentence says of a path that another repository has it. */
import { isUnder } from '../../base/index.ts';
import type { Spot } from '../../markdown/index.ts';
import type { Config } from '../../source/index.ts';
import { placeOfUrl } from '../place-of-url.ts';

/**
 * True where the sentence speaks of another one (`Upstream and its …`, `owner/name → …`), or leads to the
 * path, or to what is above it, there.
 * @param sentence what of it stands before the path.
 * @param roots folders in which a path of this repository begins.
 */
export function isOfAnother(
  path: string,
  sentence: string,
  { ancestors }: Spot,
  roots: string[],
  config: Config,
) {
  const around = ancestors.flatMap((node) => (node.type === 'link' ? node.url : []));
  const before = [...sentence.matchAll(/\]\((https?:\/\/[^)\s]+)\)/g)].map(([, url = '']) => url);
  const [, named = ''] = /`([\w.-]+\/[\w.-]+)`\s*(?:→|->|—|–|:)\s*$/.exec(sentence) ?? [];
  return (
    isUpstream(sentence) ||
    isOfNamed(sentence, config) ||
    /(?:\bbranch|\bZweig|브랜치)[*_:\s]*$/i.test(sentence) ||
    (named !== '' && !roots.some((root) => isUnder(root, named))) ||
    [...around, ...before].some((url) => leadsTo(path, url, config))
  );
}

function isUpstream(sentence: string): boolean {
  return (
    /\b(?:upstream|fork)\b/i.test(sentence) && /(?:\b(?:its|their|upstream|fork)|'s)\s+$/i.test(sentence)
  );
}

/**
 * `from the Flux repo (`, `Flux repo / HEAD / `, `In the customer repo it lies under:`, `every cluster repo
 * with its own `: of a repository that is not called as this one is.
 */
function isOfNamed(sentence: string, config: Config): boolean {
  if (/\b(?:every|each|another)\s+(?:\w+\s+)?repo(?:sitory)?\b[^.`]*\b(?:its|their) own\s+$/i.test(sentence))
    return true;
  const [, name = ''] =
    /\b([A-Z][\w-]*)\s+repo(?:sitory)?\s*(?:\(|:|\/\s*`[^`]*`\s*\/)?\s*$/.exec(sentence) ??
    /\b(?:(?:in|from|of) )?the ([\w-]+) repo(?:sitory)?(?:['’]s)?\b[^`]*:\s*$/i.exec(sentence) ??
    [];
  if (name === '' || /^(?:this|the|our|same|main|own|git|gitops|config|current|whole|root|a)$/i.test(name))
    return false;
  return !config.repository.urls.some((url) => url.toLowerCase().includes(name.toLowerCase()));
}

/** Whether an address of another repository is that of the path, or of a folder above it. */
function leadsTo(path: string, url: string, { repository }: Config): boolean {
  const place = placeOfUrl(url).replace(/[?#].*$/, '');
  const isOwn = repository.urls
    .map((one) => placeOfUrl(one).replace(/(?:\.git)?\/*$/, ''))
    .some((own) => own !== '' && isUnder(own.toLowerCase(), place.toLowerCase()));
  const [, inner = ''] =
    /^(?:[^/]+\/){3}(?:-\/)?(?:tree|blob|src)\/(?:branch\/)?[^/]+\/(.+?)\/*$/.exec(place) ?? [];
  return /^https?:/i.test(url) && !isOwn && inner !== '' && isUnder(inner, path.replace(/\/+$/, ''));
}
