import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { measureNode } from './measure.ts';
import { count, type Row, row } from './rows.ts';
import {
  builtPages,
  bytesOfOneMore,
  bytesPerResource,
  platformCopy,
  siteBeside,
  siteEnvironment,
} from './sites.ts';

/** The site of the largest repository that lies beside the checkout, built once cold and once as it is. */
export async function large(project: string, folder: string): Promise<Row[]> {
  const repository = resolve(project, '../shared/corpus/infra-deployments');
  if (!existsSync(repository)) return [];
  const root = siteBeside(project, join(folder, 'large'), repository);
  const build = (site: string) =>
    measureNode([join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], {
      cwd: site,
      env: siteEnvironment(site),
    });
  const platform = platformCopy(project, join(folder, 'small-platform'));
  const small = siteBeside(project, join(folder, 'small'), platform);
  await build(small);
  const [cold, warm] = [await build(root), await build(root)];
  const pages = builtPages(root);
  const { page, site } = bytesPerResource(root);
  const each = (seconds: number) => Math.round((seconds * 1000) / pages);
  return [
    row(`build, cold, infra-deployments, ${pages} pages`, cold, 'warm', warm, null),
    row(`build, warm, infra-deployments, ${pages} pages`, warm, 'cold', cold, null),
    count('ms of a page, cold, infra-deployments', each(cold.cpu)),
    count('ms of a page, warm, infra-deployments', each(warm.cpu)),
    count('bytes of the page of a resource, infra-deployments', page),
    count('bytes of the site, divided by its resources, infra-deployments', site),
    ...oneMore(small, root),
  ];
}

/** What one more resource adds, between the sites of the reference platform and of the large repository. */
function oneMore(small: string, large: string): Row[] {
  const { page, markdown, lists, search } = bytesOfOneMore(small, large);
  return [
    count('bytes that one more resource adds', page + markdown + lists, 15_000),
    count('  its page', page, 9_000),
    count('  its page as Markdown', markdown, 3_300),
    count('  its lines in lists', lists, 3_000),
    count('bytes that it adds to the index of the search', search, 1_900),
  ];
}
