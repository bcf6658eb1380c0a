/**
 * The environment for a child that must not know that it runs under Vitest, which sets `DEV`, `MODE` and more
 * for itself. Nor does Astro tell of itself in it, or ask npm for a newer one.
 */
export function cleanEnvironment(mode: 'production' | 'development'): NodeJS.ProcessEnv {
  const own = /^(VITEST.*|TEST|DEV|PROD|MODE|SSR|BASE_URL|NODE_ENV|FORCE_COLOR)$/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: mode,
    NO_COLOR: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    ASTRO_DISABLE_UPDATE_CHECK: 'true',
  };
}
