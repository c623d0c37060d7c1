import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], testTimeout: 60_000 } },
      { test: { name: 'integration', include: ['tests/{contract,integration,crash}/**/*.test.ts'], testTimeout: 90_000, hookTimeout: 60_000 } },
      // One browser or window at a time: two cores are shared with the host and its practice network.
      { test: { name: 'story', include: ['tests/e2e/story.test.ts'], testTimeout: 240_000, hookTimeout: 120_000 } },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], exclude: ['tests/e2e/story.test.ts'], testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false } },
      { test: { name: 'electron', include: ['tests/electron/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
