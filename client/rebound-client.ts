import type {
  Account,
  AccountList,
  AccountQuota,
  AccountSettings,
  Campaign,
  CampaignList,
  CampaignRecipientList,
  Contract,
  CorrectionAnswer,
  CorrectionList,
  CorrectionRequest,
  Erasure,
  FilterAnswer,
  FilterRequest,
  GlobalBounce,
  ImportAnswer,
  ImportRequest,
  Operations,
  ReleaseRequest,
  Stats,
  Suppression,
  SuppressionList,
  Unbounced,
  UnbounceList,
  UnbounceRequest,
} from './contract.ts';
import { exportList, type ListFormat, type ListName } from './export-list.ts';
import { createSender, type OperationName, type ReboundClientOptions } from './send.ts';

export interface CallOptions {
  /** Instead of the client's own. */
  readonly account?: string;
  readonly signal?: AbortSignal;
}

/** Of a call that concerns no account. */
export type SignalOptions = Pick<CallOptions, 'signal'>;

export interface UnbounceOptions extends CallOptions {
  /** A text that makes repeating this very request safe; the client makes one up for its own tries. */
  readonly idempotencyKey?: string;
}

type Query<Name extends OperationName> = Operations[Name]['query'];

export interface ExportOptions<Name extends ListName> extends CallOptions {
  readonly format: ListFormat;
  /** For the recipients of a campaign. */
  readonly campaign?: string;
  readonly query?: Query<Name>;
}

/** Rebound's API, a method for each operation. Each throws ReboundProblemError and ReboundGatewayError. */
export interface ReboundClient extends Record<OperationName, unknown> {
  /** Whom to mail, and why not the others. At most 10,000 recipients. */
  filterRecipients(request: FilterRequest, options?: CallOptions): Promise<FilterAnswer>;
  /** The account's suppressed addresses, newest first; see `pagesOf`. */
  listSuppressions(query?: Query<'listSuppressions'>, options?: CallOptions): Promise<SuppressionList>;
  /** Takes over suppressions of another provider, or adds some by hand; at most 1,000 rows, for operators. */
  importSuppressions(request: ImportRequest, options?: CallOptions): Promise<ImportAnswer>;
  /** All that is known of an address, or of the `id` of a row. */
  readSuppression(address: string, options?: CallOptions): Promise<Suppression>;
  /** Gives one address, or the `id` of a row, its second chance. */
  unbounce(address: string, request: UnbounceRequest, options?: UnbounceOptions): Promise<Unbounced>;
  readUnbounceQuota(options?: CallOptions): Promise<AccountQuota>;
  /** The account's bounces by day and reason, approximately, and SES's own bounce rate. */
  readStats(query?: Query<'readStats'>, options?: CallOptions): Promise<Stats>;
  /** The unbounces of a month, newest first; of the present one without it. */
  listUnbounces(query?: Query<'listUnbounces'>, options?: CallOptions): Promise<UnbounceList>;
  /** The account's campaigns, newest first. */
  listCampaigns(query?: Query<'listCampaigns'>, options?: CallOptions): Promise<CampaignList>;
  /** A campaign in numbers. */
  readCampaign(campaign: string, options?: CallOptions): Promise<Campaign>;
  /** Who bounced in a campaign, or who was not sent to. */
  listCampaignRecipients(
    campaign: string,
    query: Query<'listCampaignRecipients'>,
    options?: CallOptions,
  ): Promise<CampaignRecipientList>;
  /** Lifts what bounces of a window have brought, or says what that would come to: a page a call; for operators. */
  correctSuppressions(request: CorrectionRequest, options?: CallOptions): Promise<CorrectionAnswer>;
  /** What operators have corrected for the account, the latest windows first. */
  listCorrections(query?: Query<'listCorrections'>, options?: CallOptions): Promise<CorrectionList>;
  /** The registered accounts, the default one first; for operators. */
  listAccounts(query?: Query<'listAccounts'>, options?: SignalOptions): Promise<AccountList>;
  readAccount(options?: CallOptions): Promise<Account>;
  /** Registers the account or changes its settings; for operators. */
  saveAccount(settings: AccountSettings, options?: CallOptions): Promise<Account>;
  /** What all accounts share of an address, or of the `id` of a row; for operators. */
  readGlobalBounce(address: string, options?: SignalOptions): Promise<GlobalBounce>;
  /** Ends a global bounce, and for a named account its own suppression; for operators. */
  releaseAddress(address: string, request: ReleaseRequest, options?: SignalOptions): Promise<GlobalBounce>;
  /** Removes every readable word about an address and keeps the block; for operators. */
  eraseAddress(address: string, options?: SignalOptions): Promise<Erasure>;
  /** The API's own description, OpenAPI 3.1. */
  readContract(options?: SignalOptions): Promise<Contract>;
  /** A whole list as a file: its pages one after the other, to be written as they come. */
  exportList<Name extends ListName>(name: Name, options: ExportOptions<Name>): AsyncGenerator<string>;
}

/** Creates a client of one API. Passing faults are tried again: see `RetryOptions`. */
export function createReboundClient(options: ReboundClientOptions): ReboundClient {
  const sender = createSender(options);
  const { send } = sender;
  return {
    filterRecipients: (body, about) => send('filterRecipients', { ...callOf(about), body }),
    listSuppressions: (query = {}, about) => send('listSuppressions', { ...callOf(about), query }),
    importSuppressions: (body, about) => send('importSuppressions', { ...callOf(about), body }),
    readSuppression: (address, about) => send('readSuppression', callOf(about, { address })),
    unbounce: (address, body, about) =>
      send('unbounce', {
        ...callOf(about, { address }),
        headers: { 'idempotency-key': about?.idempotencyKey ?? crypto.randomUUID() },
        body,
      }),
    readUnbounceQuota: (about) => send('readUnbounceQuota', callOf(about)),
    readStats: (query = {}, about) => send('readStats', { ...callOf(about), query }),
    listUnbounces: (query = {}, about) => send('listUnbounces', { ...callOf(about), query }),
    listCampaigns: (query = {}, about) => send('listCampaigns', { ...callOf(about), query }),
    readCampaign: (campaign, about) => send('readCampaign', callOf(about, { campaign })),
    listCampaignRecipients: (campaign, query, about) =>
      send('listCampaignRecipients', { ...callOf(about, { campaign }), query }),
    correctSuppressions: (body, about) => send('correctSuppressions', { ...callOf(about), body }),
    listCorrections: (query = {}, about) => send('listCorrections', { ...callOf(about), query }),
    listAccounts: (query = {}, about) => send('listAccounts', { ...callOf(about), query }),
    readAccount: (about) => send('readAccount', callOf(about)),
    saveAccount: (body, about) => send('saveAccount', { ...callOf(about), body }),
    readGlobalBounce: (address, about) => send('readGlobalBounce', callOf(about, { address })),
    releaseAddress: (address, body, about) => send('releaseAddress', { ...callOf(about, { address }), body }),
    eraseAddress: (address, about) => send('eraseAddress', callOf(about, { address })),
    readContract: (about) => send('readContract', callOf(about)),
    exportList: (name, { format, query, campaign, ...about }) =>
      exportList(sender, name, {
        ...callOf(about, campaign === undefined ? {} : { campaign }),
        ...(query && { query }),
        format,
      }),
  };
}

function callOf({ account, signal }: CallOptions = {}, path: Readonly<Record<string, string>> = {}) {
  return { path: { ...path, ...(account !== undefined && { account }) }, signal };
}
