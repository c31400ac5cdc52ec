import type { Config } from 'jest';

const config: Config = {
  // Much of a run waits for processes and servers: one file for each core, not one core left free.
  maxWorkers: '100%',
  // No test is about time: one that waits for ever fails in the end, one on a busy machine does not.
  testTimeout: 120_000,
  roots: ['<rootDir>/test'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/no-address-told.ts'],
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
};

export default config;
