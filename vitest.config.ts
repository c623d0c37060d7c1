import { defineConfig } from 'vitest/config';

/** What is polled for has as long as a page has elsewhere: on two busy cores an answer takes more than the second that vitest gives. */
const patient = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], testTimeout: 60_000 } },
      { test: { name: 'integration', expect: patient, include: ['tests/{contract,integration,crash}/**/*.test.ts'], testTimeout: 90_000, hookTimeout: 60_000 } },
      // Two browsers, or two programs in Electron, at a time (scripts/test.mjs): two cores are shared with the hosts and their practice networks.
      { test: { name: 'story', expect: patient, include: ['tests/e2e/{story,triage}.test.ts'], testTimeout: 240_000, hookTimeout: 120_000 } },
      { test: { name: 'e2e', expect: patient, include: ['tests/e2e/**/*.test.ts'], exclude: ['tests/e2e/{story,triage}.test.ts'], testTimeout: 240_000, hookTimeout: 120_000 } },
      { test: { name: 'electron', expect: patient, include: ['tests/electron/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 120_000 } },
    ],
  },
});
