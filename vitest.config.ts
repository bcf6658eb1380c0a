import { defineConfig } from 'vitest/config';

// Engines, builds and browsers are the real ones, so a test may take seconds; a hang must still end.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/fixtures/**', 'node_modules/**', 'dist/**'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
    // Results must not depend on the terminal that the tests are run in.
    env: { NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
  },
});
