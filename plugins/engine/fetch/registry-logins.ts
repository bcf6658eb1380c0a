/** The user's own logins at registries of OCI artifacts, where Helm and Docker keep them. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isObject, type JsonObject, objectAt, onPath, textAt } from '../../base/index.ts';

/**
 * What the user has given `helm registry login` or `docker login` for a host, the first that knows it; null
 * for none. A credential helper of theirs is asked; none that lies in the repository that is read.
 * @param options.limit milliseconds that a helper is waited for.
 */
export async function loginOf(host: string, options: LoginOptions): Promise<Login | null> {
  for (const file of configurations()) {
    const configuration = readJson(file);
    const names = host === dockerHub ? ['https://index.docker.io/v1/', 'docker.io', host] : [host];
    for (const name of names) {
      const helper = textAt(configuration, 'credHelpers', name) ?? textAt(configuration, 'credsStore') ?? '';
      const written = writtenLogin(objectAt(configuration, 'auths', name));
      const found = written ?? (helper === '' ? null : await askHelper(helper, name, options));
      if (found !== null) return found;
    }
  }
  return null;
}

/** Its address is another than its name. */
export const dockerHub = 'registry-1.docker.io';

/** Source: Helm's `helmpath`, Docker's `cli/config`. */
function configurations(): string[] {
  const { env, platform } = process;
  const home = homedir();
  const own =
    env.HELM_CONFIG_HOME ??
    (env.XDG_CONFIG_HOME
      ? join(env.XDG_CONFIG_HOME, 'helm')
      : platform === 'darwin'
        ? join(home, 'Library/Preferences/helm')
        : platform === 'win32'
          ? join(env.APPDATA ?? home, 'helm')
          : join(home, '.config/helm'));
  return [
    env.HELM_REGISTRY_CONFIG ?? join(own, 'registry/config.json'),
    join(env.DOCKER_CONFIG ?? join(home, '.docker'), 'config.json'),
  ];
}

function readJson(file: string): JsonObject {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'));
    return isObject(value) ? value : {};
  } catch {
    // Who has never logged in has none.
    return {};
  }
}

function writtenLogin(entry: JsonObject): Login | null {
  const token = textAt(entry, 'identitytoken') ?? '';
  if (token !== '') return { token };
  const decoded = Buffer.from(textAt(entry, 'auth') ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon > 0) return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
  const [user, password] = [textAt(entry, 'username') ?? '', textAt(entry, 'password') ?? ''];
  return user === '' ? null : { user, password };
}

/** `docker-credential-NAME get`, as Docker asks it. */
function askHelper(helper: string, host: string, { root, limit }: LoginOptions): Promise<Login | null> {
  const program = /^[\w.-]+$/.test(helper) ? onPath(`docker-credential-${helper}`, root) : undefined;
  if (program === undefined) return Promise.resolve(null);
  return new Promise((settle) => {
    const options = { timeout: limit, killSignal: 'SIGKILL', maxBuffer: 2 ** 20 } as const;
    const child = execFile(program, ['get'], options, (error, stdout) => {
      if (error) return settle(null);
      try {
        const said: unknown = JSON.parse(stdout);
        const answer = isObject(said as JsonObject) ? (said as JsonObject) : {};
        const [user, secret] = [textAt(answer, 'Username') ?? '', textAt(answer, 'Secret') ?? ''];
        settle(secret === '' ? null : user === '<token>' ? { token: secret } : { user, password: secret });
      } catch {
        settle(null);
      }
    });
    // It may end before it has read the name, which is told by how it ends.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(host);
  });
}

export interface LoginOptions {
  /** Of the repository that is read, none of whose programs is run. */
  root: string;
  limit: number;
}

export type Login =
  | { user: string; password: string }
  /** What a registry gives instead of a password, to be changed for an access token. */
  | { token: string };
