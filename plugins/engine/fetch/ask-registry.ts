/** One registry of OCI artifacts, asked over HTTP as its specification says, with the user's own login. */
import { textAt } from '../../base/index.ts';
import { withoutCredentials } from './fetch-words.ts';
import { dockerHub, type Login, loginOf } from './registry-logins.ts';

/**
 * Asks for what lies under one name. A login is given to the registry and to whoever it says gives tokens,
 * over TLS alone unless the user has left that out, and to nobody that either leads on to.
 * @param name of the artifact, without the host.
 */
export function openRegistry(host: string, name: string, options: RegistryOptions): Registry {
  const server = host === 'docker.io' ? dockerHub : host;
  const origin = `${options.plainHttp ? 'http' : 'https'}://${server}`;
  let authorization: Promise<string | null> | null = null;

  async function get(path: string, { accept, most, signal }: Question): Promise<Answer> {
    const ask = async (header: string | null): Promise<Response> =>
      fetch(`${origin}/v2/${name}/${path}`, {
        signal,
        headers: { ...(accept ? { accept } : {}), ...(header === null ? {} : { authorization: header }) },
      });
    let response = await ask(await (authorization ?? null));
    if (response.status === 401) {
      const challenge = response.headers.get('www-authenticate') ?? '';
      await response.body?.cancel();
      authorization = authorize(challenge, signal);
      response = await ask(await authorization);
    }
    if (!response.ok) {
      const said = await bounded(response, 64 * 1024).catch(() => Buffer.alloc(0));
      throw new RegistryError(refusal(response, said.toString('utf8')), response.status);
    }
    return { bytes: await bounded(response, most), headers: response.headers };
  }

  /** What a challenge asks for; null where there is nothing to give. */
  async function authorize(challenge: string, signal: AbortSignal): Promise<string | null> {
    const login = await loginOf(server, options);
    if (/^basic\b/i.test(challenge)) return basic(login);
    const asked = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, field = '', value = '']) => [field, value]),
    );
    const realm = asked.get('realm');
    if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm)) return null;
    const isSafe = options.plainHttp || new URL(realm).protocol === 'https:';
    return tokenFrom(realm, asked.get('service') ?? '', isSafe ? login : null, signal);
  }

  async function tokenFrom(
    realm: string,
    service: string,
    login: Login | null,
    signal: AbortSignal,
  ): Promise<string | null> {
    const fields = new URLSearchParams({ service, scope: `repository:${name}:pull` });
    let response: Response;
    if (login !== null && 'token' in login) {
      fields.set('grant_type', 'refresh_token');
      fields.set('client_id', 'plumbline');
      fields.set('refresh_token', login.token);
      response = await fetch(realm, { method: 'POST', body: fields, signal });
    } else {
      const url = new URL(realm);
      for (const [field, value] of fields) url.searchParams.set(field, value);
      const header = basic(login);
      response = await fetch(url, { signal, headers: header === null ? {} : { authorization: header } });
    }
    const said = await bounded(response, 2 ** 20);
    if (!response.ok) throw new RegistryError(refusal(response, ''), response.status);
    const answer = JSON.parse(said.toString('utf8'));
    const token = textAt(answer, 'token') ?? textAt(answer, 'access_token') ?? '';
    return token === '' ? null : `Bearer ${token}`;
  }

  return { get };
}

function basic(login: Login | null): string | null {
  if (login === null || 'token' in login) return null;
  return `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
}

/** The whole answer. @throws where it is larger than it may be. */
async function bounded(response: Response, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > most) throw new Error(`it is larger than ${Math.round(most / 2 ** 20)} MiB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** What a registry says of why not, in its own words where it has any. */
function refusal({ status, statusText }: Response, said: string): string {
  const [, message] = /"message"\s*:\s*"((?:[^"\\]|\\.){1,200})"/.exec(said) ?? [];
  const words = `the registry answers ${status} ${statusText}`.trim();
  return withoutCredentials(message === undefined ? words : `${words}: ${message}`);
}

export class RegistryError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

interface Question {
  /** Media types of what is wanted. */
  accept?: string;
  /** Bytes that it may be. */
  most: number;
  signal: AbortSignal;
}

interface Answer {
  bytes: Buffer;
  headers: Headers;
}

export interface RegistryOptions {
  /** Of the repository that is read. */
  root: string;
  /** Milliseconds that an answer is waited for. */
  limit: number;
  /** Whether it is asked without TLS. */
  plainHttp: boolean;
}

export interface Registry {
  /** What lies at a path below the name. @throws why it cannot be had, without anybody's credentials. */
  get(path: string, question: Question): Promise<Answer>;
}
