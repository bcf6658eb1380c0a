import { configError } from '../run/errors.ts';
import { outdatedPeers } from '../whole/peers.ts';

/**
 * Ends a build with an Astro or Starlight that lacks what the plugin rests on: pages would lose what it
 * makes, or the build would end in words that help nobody.
 * @param siteRoot absolute.
 * @throws AstroError there.
 */
export function refuseOutdated(siteRoot: string): void {
  const outdated = outdatedPeers(siteRoot);
  if (outdated.length === 0) return;
  const words = outdated.map(
    ({ name, version, oldest }) => `\`${name}\` ${version}, but needs ${oldest} or newer`,
  );
  throw configError(
    `Plumbline finds ${words.join(' and ')}.`,
    `\`npm install ${outdated.map(({ name }) => `${name}@latest`).join(' ')}\`, or run \`npx @astrojs/upgrade\`.`,
  );
}
