import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** On this machine a server of Git repositories, by Git's own `http-backend`, and of single files. */
export async function openGitServer(): Promise<GitServer> {
  const root = mkdtempSync(join(tmpdir(), 'git-server-'));
  const answers: GitServer['answers'] = new Map();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    asked.push(path);
    const own = answers.get(path) ?? answers.get(path.split('/').slice(0, 2).join('/'));
    if (own !== undefined) own(request, response);
    else backend(root, path, query, request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, answers, asked },
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

/** Source: git-http-backend, and RFC 3875. */
function backend(
  root: string,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.once('close', () => {
    const answer = Buffer.concat(pieces);
    const end = answer.indexOf('\r\n\r\n');
    for (const line of answer.subarray(0, Math.max(0, end)).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number(value.split(' ')[0]);
      else if (name !== '') response.setHeader(name, value);
    }
    if (end < 0) response.statusCode = 500;
    response.end(answer.subarray(end + 4));
  });
}

export interface GitServer {
  url: string;
  /** Answers of their own, by path, or by its first part. */
  answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
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
