// @ts-check
import { unified } from '@astrojs/markdown-remark';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { plumbline } from './plugins/starlight/index.ts';

export default defineConfig({
  // The address of the published site; without it there is no sitemap and nothing else is lost.
  ...(process.env.SITE_URL ? { site: process.env.SITE_URL } : {}),
  ...(process.env.SITE_BASE ? { base: process.env.SITE_BASE } : {}),
  markdown: { processor: unified() },
  integrations: [
    starlight({
      title: 'Plumbline',
      description: 'Docs that hang true: the GitOps model of this platform, checked against its manifests.',
      logo: { light: './src/assets/logo-light.svg', dark: './src/assets/logo-dark.svg', alt: '' },
      favicon: '/favicon.svg',
      customCss: ['./src/styles/fonts.css', './src/styles/tokens.css', './src/styles/site.css'],
      components: { Hero: './src/components/Hero.astro' },
      // Directives are long lines: wrapped, they can be read whole.
      expressiveCode: { defaultProps: { overridesByLang: { 'md,mdx': { wrap: true } } } },
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      sidebar: [
        { label: 'Concepts', items: [{ autogenerate: { directory: 'concepts' } }] },
        { label: 'Architecture', items: [{ autogenerate: { directory: 'architecture' } }] },
        { label: 'Stacks', items: [{ autogenerate: { directory: 'stacks' } }] },
        {
          label: 'What there is',
          items: [
            { slug: 'resources', label: 'All resources' },
            { slug: 'status', label: 'What is verified' },
          ],
        },
        // Apart from the platform, as whoever is on call looks for nothing in it.
        {
          label: 'About Plumbline',
          items: [
            {
              label: 'For authors',
              collapsed: true,
              items: [
                'authors/five-minutes',
                'authors/writing',
                { slug: 'views', label: 'Views' },
                'authors/edges',
                'authors/ci',
                { slug: 'expressions', label: 'Expressions' },
                'authors/unknown',
                'authors/editor',
                'authors/network',
                'authors/manifests',
                'authors/routes',
                'authors/diff',
                'authors/flux',
                'authors/whole-site',
                'authors/languages',
                'authors/cheat-sheet',
              ],
            },
            {
              label: 'Reference',
              collapsed: true,
              items: [
                { slug: 'rules', label: 'All rules' },
                { slug: 'reference/policies', label: 'What policies would say' },
                { slug: 'reference/silence', label: 'When a rule is silent' },
                { slug: 'reference/corpora', label: 'Real repositories' },
                { slug: 'reference/components', label: 'Components and colours' },
              ],
            },
          ],
        },
      ],
      plugins: [plumbline({ rules: true })],
    }),
  ],
});
