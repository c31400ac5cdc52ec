/** The client of Rebound's API for senders, the command line and the console. It runs in Node and in browsers. */
export type * from './contract.ts';
export { type ProblemBody, ReboundGatewayError, ReboundProblemError } from './errors.ts';
export type { ListFormat, ListName } from './export-list.ts';
export { type Page, pagesOf } from './pages.ts';
export {
  type CallOptions,
  createReboundClient,
  type ExportOptions,
  type ReboundClient,
  type UnbounceOptions,
} from './rebound-client.ts';
export type { RetryOptions } from './retry.ts';
export type { ReboundClientOptions, Sign, UnsignedRequest } from './send.ts';
