/**
 * Pictures of the built site. Without arguments: the two of the README. With a folder: every page given
 * (default: the GitOps model), light and dark, wide and phone, whole length, to look at.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { preview } from 'astro';
import { type Browser, chromium } from 'playwright';
import sharp from 'sharp';
import { ensureBrowser } from './browser.ts';

const root = join(import.meta.dirname, '..');
const readmePage = '/concepts/gitops-model/';
const themes = ['light', 'dark'] as const;
const [folder, ...pages] = process.argv.slice(2);

const server = await preview({ root, logLevel: 'warn', server: { port: 0 } });
const browser = await chromium.launch({
  executablePath: ensureBrowser((text) => process.stderr.write(`${text}\n`)),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const address = `http://localhost:${server.port}`;
  for (const shot of folder === undefined ? readmeShots() : reviewShots(folder, pages)) {
    await take(browser, address, shot);
    process.stdout.write(`${shot.file}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
}

function readmeShots(): Shot[] {
  const assets = join(root, '.github/assets');
  mkdirSync(assets, { recursive: true });
  return themes.map((theme) => ({
    file: join(assets, `gitops-model-${theme}.png`),
    page: `${readmePage}#eventing-what-happens-next-written-down`,
    theme,
    width: 1360,
    height: 980,
    fullPage: false,
  }));
}

function reviewShots(folder: string, pages: string[]): Shot[] {
  mkdirSync(folder, { recursive: true });
  const chosen = pages.length > 0 ? pages : [readmePage];
  return chosen.flatMap((page) =>
    themes.flatMap((theme) =>
      [1360, 360].map((width) => ({
        file: join(
          folder,
          `${page.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'}-${theme}-${width}.png`,
        ),
        page,
        theme,
        width,
        height: 860,
        fullPage: true,
      })),
    ),
  );
}

async function take(browser: Browser, address: string, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    colorScheme: shot.theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address + shot.page, { waitUntil: 'networkidle' });
  const png = await page.screenshot({ fullPage: shot.fullPage });
  await sharp(png).png({ palette: true, quality: 90 }).toFile(shot.file);
  await context.close();
}

interface Shot {
  file: string;
  page: string;
  theme: (typeof themes)[number];
  width: number;
  height: number;
  fullPage: boolean;
}
