import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { plumblineLoader } from '../plugins/starlight/loader.ts';

export const collections = {
  docs: defineCollection({ loader: plumblineLoader(), schema: docsSchema() }),
};
