import { createDoor } from '../../lib/door.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { createHandler } from './handler.ts';
import contract from './openapi.json' with { type: 'json' };

const { api } = createDoor(createEnvironment(process.env));

export const handler = createHandler({
  ...api,
  contract,
});
