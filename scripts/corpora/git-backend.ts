import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers a request as a server of Git repositories does, by Git's own `http-backend`. Source:
 * git-http-backend(1), and RFC 3875.
 * @param root folder of bare repositories.
 * @param path of the request, below that folder.
 * @param send what is done with the answer's body; default all of it is sent.
 */
export function answerByGit(
  root: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  send: (body: Buffer) => void = (body) => response.end(body),
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      PATH_INFO: path,
      QUERY_STRING: (request.url ?? '').split('?')[1] ?? '',
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
    send(answer.subarray(end + 4));
  });
}
