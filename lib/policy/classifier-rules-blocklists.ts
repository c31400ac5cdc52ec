import { anyOf, type ClassifierRule } from './classifier-rule.ts';

/** Block lists named in a reply; matched against the whole text, links included. */
export const BLOCKLIST_RULES: readonly ClassifierRule[] = [
  {
    id: 'blocklist.link_in_message',
    pattern: anyOf(
      '\\b(?:url|link|domain)s? (?:in|within|found in|contained in) .{0,60}(?:listed|black|block|surbl|uribl|spamhaus)',
      '\\b(?:black|block)[- ]?listed (?:url|link)|\\b(?:surbl|uribl|ivmuri|phishtank)\\b',
    ),
    reason: 'spam',
    evidence: 'SURBL, "Lists" and URIBL, "About": they list links found in message bodies, not senders',
  },
  {
    id: 'blocklist.named',
    pattern: anyOf(
      'spamhaus',
      'spamcop',
      'sorbs\\b',
      'barracudacentral',
      'barracudanetworks\\.com/reputation',
      'abuseat',
      'abusix',
      'uceprotect',
      'invaluement|\\bivmsip',
      'psbl\\b|surriel',
      'mailspike',
      'spfbl',
      'backscatterer',
      'nixspam|manitu\\.net',
      'dronebl',
      'hostkarma|junkemailfilter',
      'spamrats',
      'senderscore|returnpath\\.(?:com|net)',
      'senderbase|talosintelligence',
      'csi\\.cloudmark',
      'ers\\.trendmicro|mail-abuse\\.(?:org|com)',
      'dnsbl-?lookup|ipcheck\\.proofpoint|ipremoval\\.',
      'fusionzero|0spam',
      'sender ?intelligence',
    ),
    reason: 'reputation',
    evidence:
      'RFC 5782 section 2.1: a DNS block list gives a TXT record with a link that explains the listing',
  },
  {
    id: 'blocklist.address',
    pattern: anyOf(
      '\\bip-address\\S{0,3} (?:is |was |has been |are )?(?:temporarily |currently |permanently |also )?(?:blocked|banned|denied|rejected|listed|barred)\\b',
      '\\bunauthori[sz]ed interface\\b',
    ),
    reason: 'reputation',
    evidence:
      'AT&T, "Error message summary": 521 <IP address> is blocked; Exim, dnslists: "<IP address> is listed"',
  },
  {
    id: 'blocklist.any',
    pattern: anyOf(
      '\\b(?:dnsbl|rbl|dnsrbl|drbl|xbl|pbl|cbl)s?\\b',
      '(?:dnsbl|rbl)[:.]',
      '\\b(?:blocked|rejected|listed) using\\b',
      '\\.(?:blocklist|blacklist|blackholes?|dnsbl|rbl)\\.',
      '\\brbl-?\\w{1,20}\\.',
    ),
    reason: 'reputation',
    evidence: 'Postfix, reject_rbl_client and default_rbl_reply: "blocked using <list>"',
  },
];
