import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerByGit } from '../../scripts/corpora/git-backend.ts';

/** On this machine a server of Git repositories, by Git's own `http-backend`, and of single files. */
export async function openGitServer(): Promise<GitServer> {
  const root = mkdtempSync(join(tmpdir(), 'git-server-'));
  const answers: GitServer['answers'] = new Map();
  const asked: string[] = [];
  const cuts: GitServer['cuts'] = new Map();
  const guards: GitServer['guards'] = new Map();
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    asked.push(path);
    const own = answers.get(path) ?? answers.get(path.split('/').slice(0, 2).join('/'));
    const guard = guards.get(path.split('/')[1] ?? '');
    if (guard !== undefined && request.headers.authorization !== guard) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    } else if (own !== undefined) own(request, response);
    else
      answerByGit(root, path, request, response, (body) => {
        const kept = cuts.get(path.split('/')[1] ?? '')?.(body) ?? body.length;
        // What is said first is that all of it comes.
        response.setHeader('content-length', body.length);
        if (kept === body.length) response.end(body);
        else response.write(body.subarray(0, kept), () => response.destroy());
      });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, answers, asked, cuts, guards },
    put(name, files, { branch = 'main', tags = [] } = {}) {
      const folder = join(root, name);
      mkdirSync(folder, { recursive: true });
      const git = (args: string[], input = '') =>
        execFileSync('git', args, { cwd: folder, input, encoding: 'utf8' }).trim();
      if (!existsSync(join(folder, 'HEAD'))) {
        git(['init', '--quiet', '--bare', '--initial-branch=main', '.']);
        git(['config', 'uploadpack.allowFilter', 'true']);
      }
      const entries = Object.entries(files).map(([path, content]) => {
        if (content.startsWith('submodule:')) return `M 160000 ${content.slice(10)} ${path}\n`;
        const isLink = content.startsWith('link:');
        const text = isLink ? content.slice(5) : content;
        return `M ${isLink ? '120000' : '100644'} inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
      });
      const refs = tags.map((tag) => `reset refs/tags/${tag}\nfrom refs/heads/${branch}\n\n`);
      const head = `commit refs/heads/${branch}\ncommitter a <a@example.com> 0 +0000\ndata 0\ndeleteall\n`;
      git(['fast-import', '--quiet', '--force'], `${head}${entries.join('')}\n${refs.join('')}`);
      return git(['rev-parse', `refs/heads/${branch}`]);
    },
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export interface GitServer {
  url: string;
  /** Answers of their own, by path, or by its first part. */
  answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** By the name of a repository: how much of an answer is sent, before the connection breaks off. */
  cuts: Map<string, (body: Buffer) => number>;
  /** By the name of a repository: the `Authorization` that it wants. */
  guards: Map<string, string>;
  /** Paths that were asked for. */
  asked: string[];
  /**
   * Makes the next state of a repository, the same commit each time.
   * @param files a content of `link:TARGET` is a link, one of `submodule:COMMIT` another repository.
   * @returns the commit.
   */
  put(name: string, files: Record<string, string>, refs?: { branch?: string; tags?: string[] }): string;
  close(): void;
}
