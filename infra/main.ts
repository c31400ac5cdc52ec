import { App } from 'aws-cdk-lib';
import { SettingsError } from './context-values.ts';
import { ReboundStack } from './rebound-stack.ts';
import { parseSettings } from './settings.ts';

const app = new App();
try {
  new ReboundStack(app, 'Rebound', parseSettings(app.node.getAllContext()));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
