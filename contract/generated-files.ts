import { clientTypes } from './client-types.ts';
import type { ContractDocument } from './document.ts';

/** What is made from the contract, by its path: the client's types, and the JSON that the API serves. */
export function generatedFiles(document: ContractDocument): Readonly<Record<string, string>> {
  return {
    'client/contract.ts': clientTypes(document),
    'functions/serve-contract/openapi.json': `${JSON.stringify(document)}\n`,
  };
}
