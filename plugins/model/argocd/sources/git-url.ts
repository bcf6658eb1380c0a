/**
 * Git URLs as Argo CD compares them. Source: `util/git` NormalizeGitURL, and Go's `net/url` which it prints
 * with.
 */
import { keepAnswers, parseGoUrl, printGoUrl } from '../../../base/index.ts';

const sshUrl = /^(ssh:\/\/)?([^/:]*?)@[^@]+$/;

/** True for `ssh://user@host/…` and `user@host:path`. */
export function isSshUrl(url: string): boolean {
  return sshUrl.test(url);
}

/**
 * One spelling for all that mean the same: lower case, no `.git`, no `ssh://`, `host/path` for `host:path`.
 * A text that is no URL gives an empty one, so that all such texts are equal (as in Argo CD).
 */
export function normalizeGitUrl(url: string): string {
  return kept(url, () => normalized(url));
}

// A platform names a few addresses, and each of them for everything that is deployed.
const kept = keepAnswers<string, string>(1000);

function normalized(url: string): string {
  let repo = url.trim().toLowerCase();
  if (isSshUrl(repo) && !repo.startsWith('ssh://')) repo = `ssh://${repo.replace(':', '/')}`;
  if (repo.endsWith('.git')) repo = repo.slice(0, -4);
  const parsed = parseGoUrl(repo);
  if (parsed === null) return '';
  const printed = printGoUrl(parsed);
  return printed.startsWith('ssh://') ? printed.slice(6) : printed;
}

/** `${REPO_URL}`, `<REPO>`, `{{ … }}`: what a set-up step fills in before anything is applied. */
export function isPlaceholder(text: string): boolean {
  return /^\s*(\$\{[^}]+\}|\$\([^)]+\)|<[^>]+>|%[A-Z_]+%)\s*$/.test(text);
}
