import http from 'node:http';

/**
 * Has Node's own requests go through the proxy that the user's surroundings name (`HTTPS_PROXY`, `NO_PROXY`),
 * as those of Helm and Git do, where this Node can; an older one is told by `NODE_USE_ENV_PROXY=1`.
 * @returns what undoes it.
 */
export function throughProxy(): () => void {
  return 'setGlobalProxyFromEnv' in http ? http.setGlobalProxyFromEnv() : () => undefined;
}
