import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';

export interface ContractDependencies extends Omit<ApiDependencies, 'routes'> {
  /** `docs/openapi.yaml` as JSON. */
  readonly contract: unknown;
}

/** Hands out the contract to whoever the gateway lets in. */
export function createHandler({ contract, ...deps }: ContractDependencies) {
  const handle = async () => ({ status: 200, body: contract });
  return createApiHandler({ ...deps, routes: { 'GET /v1/openapi.json': { scope: null, handle } } });
}
