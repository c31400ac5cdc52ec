import { anyOf, type ClassifierRule } from './classifier-rule.ts';

const GOOGLE = 'Google Workspace Admin Help, "SMTP error reference"';
const MICROSOFT = 'Microsoft Learn, "Email non-delivery reports and SMTP errors in Exchange Online"';
const EXCHANGE = 'Microsoft Learn, "NDRs and bounce messages in Exchange Server"';
const OUTLOOK = 'Outlook.com Postmaster, "Troubleshooting"';
const YAHOO = 'Yahoo Sender Hub, "SMTP error codes"';
const AOL = 'AOL Postmaster, "SMTP error codes"';
const APPLE = 'Apple Support, "Postmaster information for iCloud Mail"';
const SES_SUPPRESSION = 'Amazon SES Developer Guide, "Using the Amazon SES account-level suppression list"';

/** What the large providers write in their replies as links and codes; matched against the whole text. */
export const PROVIDER_RULES: readonly ClassifierRule[] = [
  {
    id: 'ses.suppressed',
    pattern: /amazon ses (?:has suppressed sending|did not send .{0,80}(?:suppress|validation))/,
    reason: 'suppressed',
    evidence: SES_SUPPRESSION,
  },

  {
    id: 'google.no_such_user',
    pattern: /\?p=nosuchuser\b/,
    reason: 'unknown_user',
    evidence: `${GOOGLE}: 550 5.1.1 NoSuchUser`,
  },
  {
    id: 'google.disabled_user',
    pattern: /\?p=disableduser\b/,
    reason: 'mailbox_inactive',
    evidence: `${GOOGLE}: 550 5.2.1 DisabledUser`,
  },
  {
    id: 'google.over_quota',
    pattern: /\?p=overquota(?:temp|perm)?\b/,
    reason: 'mailbox_full',
    evidence: `${GOOGLE}: 452 4.2.2 OverQuotaTemp, 552 5.2.2 OverQuotaPerm`,
  },
  {
    id: 'google.receiving_rate',
    pattern: /\?p=(?:receivingrate(?:perm)?|toomanyrecipientserror)\b/,
    reason: 'throttled',
    evidence: `${GOOGLE}: 450 4.2.1 and 550 5.2.1 ReceivingRate, 452 4.5.3 TooManyRecipientsError`,
  },
  {
    id: 'google.unsolicited_rate',
    pattern: /\?p=unsolicited(?:ip|ratelimit)error\b/,
    reason: 'reputation',
    evidence: `${GOOGLE}: 421 4.7.28 and 550 5.7.28 UnsolicitedRateLimitError`,
  },
  {
    id: 'google.unsolicited_message',
    pattern: /\?p=unsolicitedmessageerror\b/,
    reason: 'spam',
    evidence: `${GOOGLE}: 550 5.7.1 UnsolicitedMessageError`,
  },
  {
    id: 'google.authentication',
    pattern: /\?p=(?:dmarcrejection|ipv6autherror)\b/,
    reason: 'authentication',
    evidence: `${GOOGLE}: 550 5.7.26 DmarcRejection, 550 5.7.1 IPv6AuthError`,
  },
  {
    id: 'google.not_authorized',
    pattern: /\?p=notauthorizederror\b/,
    reason: 'reputation',
    evidence: `${GOOGLE}: 550 5.7.1 NotAuthorizedError, the IP address may not send directly`,
  },
  {
    id: 'google.blocked_message',
    pattern: /\?p=(?:blockedmessage|rfcmessagenoncompliant)\b/,
    reason: 'content',
    evidence: `${GOOGLE}: 552 5.7.0 BlockedMessage, 550 5.7.1 RfcMessageNonCompliant`,
  },
  {
    id: 'google.max_size',
    pattern: /\?p=maxsizeerror\b/,
    reason: 'message_too_large',
    evidence: `${GOOGLE}: 552 5.3.4 MaxSizeError`,
  },
  {
    id: 'google.bad_recipient_domain',
    pattern: /\?p=badrcptdomain\b/,
    reason: 'dns_failure',
    evidence: `${GOOGLE}: 553 5.1.2 BadRcptDomain`,
  },
  {
    id: 'google.mail_loop',
    pattern: /\?p=mailloop\b/,
    reason: 'mailbox_misconfiguration',
    evidence: `${GOOGLE}: 554 5.4.6 MailLoop`,
  },

  {
    id: 'microsoft.access_denied_recipient',
    pattern: /\brecipient address(?:es)? rejected: access denied/,
    status: /\b[45]\.(?:4\.1|1\.[01]|7\.504)\b/,
    reason: 'unknown_user',
    evidence: `${MICROSOFT}: 550 5.4.1, the recipient address does not exist`,
  },
  {
    id: 'microsoft.recipient_not_found',
    pattern: /\bresolver\.adr\.(?:ex)?recip(?:ient)?notfound|\bnot found by smtp address lookup/,
    reason: 'unknown_user',
    evidence: `${MICROSOFT}: 550 5.1.10 RESOLVER.ADR.RecipientNotFound`,
  },
  {
    id: 'microsoft.banned_recipient',
    pattern: /access denied, banned recipient/,
    reason: 'mailbox_inactive',
    evidence: `${MICROSOFT}: 550 5.7.505`,
  },
  {
    id: 'microsoft.account_disabled',
    pattern: /\b(?:accountdisabled|mailboxdisabled)(?:exception)?\b/,
    reason: 'mailbox_inactive',
    evidence: `${EXCHANGE}: STOREDRV.Deliver, the account of the mailbox is disabled`,
  },
  {
    id: 'microsoft.quota_exceeded',
    pattern: /\bquotaexceeded(?:exception)?\b/,
    reason: 'mailbox_full',
    evidence: `${EXCHANGE}: 5.2.2 STOREDRV.Deliver, QuotaExceededException`,
  },
  {
    id: 'microsoft.submission_quota',
    pattern: /\bsubmission ?quota ?exceeded|\b5\.1\.90\b/,
    reason: 'throttled',
    evidence: `${MICROSOFT}: 550 5.1.90 and 5.2.2, the sender's own limit`,
  },
  {
    id: 'microsoft.receive_limit',
    pattern: /\b5\.2\.12[12]\b|\brecipient ?thread ?limit ?exceeded/,
    reason: 'throttled',
    evidence: `${MICROSOFT}: 550 5.2.121 and 5.2.122, 432 4.3.2 recipient thread limit exceeded`,
  },
  {
    id: 'microsoft.size_limit',
    pattern: /\bresolver\.rst\.(?:recip|send)sizelimit/,
    reason: 'message_too_large',
    evidence: `${EXCHANGE}: 5.2.3 RESOLVER.RST.RecipSizeLimit`,
  },
  {
    id: 'microsoft.restricted_recipient',
    pattern: anyOf(
      '\\bresolver\\.rst\\.',
      '\\btransport\\.?rules\\.rejectmessage',
      '\\b5\\.7\\.(?:12|12[0-9]|13[3-6]|51|9\\d\\d)\\b',
    ),
    reason: 'policy',
    evidence: `${MICROSOFT}: 550 5.7.12, 5.7.51, 5.7.124, 5.7.133 to 5.7.136, 5.7.900 to 5.7.999 (mail flow rules)`,
  },
  {
    id: 'microsoft.loop',
    pattern: anyOf(
      '\\bresolver\\.fwd\\.loop',
      '\\b[45]\\.4\\.14\\b',
      '\\b5\\.2\\.14\\b',
      'suspiciousremoteserver',
    ),
    reason: 'mailbox_misconfiguration',
    evidence: `${MICROSOFT}: 554 5.4.14 routing loop, 5.2.14 misconfigured forwarding address`,
  },
  {
    id: 'microsoft.block_list',
    pattern: anyOf('\\bs31[45]0\\b', 'part of their network is on our block ?list'),
    reason: 'reputation',
    evidence: `${OUTLOOK}: 550 SC-001, 5.7.1 S3140 and S3150`,
  },
  {
    id: 'microsoft.content',
    pattern: /\b5\.7\.512\b/,
    reason: 'content',
    evidence: `${MICROSOFT}: 550 5.7.512, the message must be RFC 5322 compliant`,
  },
  {
    id: 'microsoft.authentication',
    pattern: /\b[45]\.7\.(?:509|515|32[2-5])\b/,
    reason: 'authentication',
    evidence: `${MICROSOFT}: 550 5.7.509 DMARC, 5.7.515 required authentication level, 5.7.322 to 5.7.325 DANE`,
  },
  {
    id: 'microsoft.tenant_limit',
    pattern: /\b5\.7\.508\b|\btenant has exceeded threshold/,
    reason: 'throttled',
    evidence: `${MICROSOFT}: 550 5.7.508 and 5.7.705, too many messages`,
  },
  {
    id: 'microsoft.banned_sender',
    pattern: /\b5\.7\.(?:50[1-367]|51[013]|6(?:0[6-9]|[1-4]\d)|70[0-9]|750)\b/,
    reason: 'reputation',
    evidence: `${MICROSOFT}: 550 5.7.501 to 5.7.503, 5.7.511, 5.7.513, 5.7.606 to 5.7.649, 5.7.708`,
  },
  {
    id: 'microsoft.restricted_ip',
    pattern: /\b4\.7\.(?:650|8[5-9]\d)\b|\b4\.7\.[56]\d\d\b.{0,40}access denied/,
    reason: 'reputation',
    evidence: `${MICROSOFT}: 451 4.7.500 to 4.7.699 and 4.7.850 to 4.7.899, the IP address is restricted for now`,
  },
  {
    id: 'microsoft.no_subscription',
    pattern: /no mail-enabled subscriptions/,
    reason: 'dns_failure',
    evidence: `${MICROSOFT}: 450 4.4.4 and 550 5.4.4, the domain takes no mail`,
  },
  {
    id: 'microsoft.dns',
    pattern: /\b[45]\.4\.31[0-2]\b/,
    reason: 'dns_failure',
    evidence: `${MICROSOFT}: 550 5.4.310 DNS domain does not exist, 450 4.4.312 DNS query failed`,
  },

  {
    id: 'yahoo.deferred',
    pattern: /\[(?:tss?\d\d|ipts\d\d)\]/,
    reason: 'reputation',
    evidence: `${YAHOO}: 421 TSS04, 553 TSS09 and TSS11, unexpected volume or user complaints`,
  },
  {
    id: 'yahoo.block_list',
    pattern: /\[bl\d\d\]/,
    reason: 'reputation',
    evidence: `${YAHOO}: 553 BL21 and BL23, listed by Spamhaus`,
  },
  {
    id: 'yahoo.policy',
    pattern: /\[ph\d\d\]|\bnot accepted for policy reasons/,
    reason: 'policy',
    evidence: `${YAHOO}: 554 PH01, message not accepted for policy reasons`,
  },
  {
    id: 'yahoo.greylisted',
    pattern: /\[gl\d\d\]/,
    reason: 'temporary_problem',
    evidence: `${YAHOO}: 421 GL01, first mail from this IP address is deferred`,
  },
  {
    id: 'yahoo.account_gone',
    pattern: /delivery error: dd .{0,120}(?:disabled|discontinued|no longer valid|inactive)/,
    reason: 'mailbox_inactive',
    evidence: `${YAHOO}: 554 delivery error, the account is disabled or no longer valid`,
  },
  {
    id: 'aol.url',
    pattern: /\(hvu:[a-z]\d\)/,
    reason: 'spam',
    evidence: `${AOL}: 554 HVU, a link in the message draws complaints`,
  },
  {
    id: 'aol.reputation',
    pattern: /\((?:rtr|rly|con|cnf):[a-z0-9]{1,4}\)/,
    reason: 'reputation',
    evidence: `${AOL}: 421 and 554 RTR, RLY, CON, the IP address is blocked or unknown`,
  },
  {
    id: 'aol.rate',
    pattern: /\(dyn:[a-z]\d\)/,
    reason: 'throttled',
    evidence: `${AOL}: 421 DYN, too many messages for the reputation of the IP address`,
  },

  {
    id: 'apple.authentication',
    pattern: /\[hme1\]/,
    reason: 'authentication',
    evidence: `${APPLE}: 554 5.7.1 HME1, failed SPF and DKIM`,
  },
  {
    id: 'apple.policy',
    pattern: /\[(?:cs|hm|hc|ho)\d\d\]/,
    reason: 'policy',
    evidence: `${APPLE}: 554 5.7.1 CS01 and HM08, rejected due to local policy`,
  },
];
