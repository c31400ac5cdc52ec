import type { ClassifierRule } from './classifier-rule.ts';

const ORANGE = 'Orange and La Poste postmasters, error codes OFR and LPN';
const GODADDY = 'GoDaddy Help, "Fix rejected email with a bounce error"';
const COX = 'Cox Business Support, "Email error codes"';
const SPECTRUM = 'Spectrum Business Support, "Understanding email error codes"';
const COMCAST = 'Xfinity Postmaster, "Error codes"';
const FACEBOOK = 'Facebook Postmaster, "SMTP response codes"';
const NETEASE = 'NetEase Mail Help, "Bounce messages of 163.com"';
const TENCENT = 'Tencent QQ Mail Help, "Bounce messages"';
const I_UA = 'I.UA Mail, error pages mail.i.ua/err';
const T_ONLINE = 'Deutsche Telekom Postmaster, "SMTP error messages"';
const DOCOMO = 'NTT DOCOMO, replies of its mail gateways';

/** Codes of regional providers and of providers with few recipients each; matched against the whole text. */
export const REGIONAL_RULES: readonly ClassifierRule[] = [
  {
    id: 'orange.invalid_recipient',
    pattern: french('416|418'),
    reason: 'unknown_user',
    evidence: `${ORANGE}: 416 invalid recipient`,
  },
  {
    id: 'orange.over_quota',
    pattern: french('417'),
    reason: 'mailbox_full',
    evidence: `${ORANGE}: 417 recipient over quota`,
  },
  {
    id: 'orange.inactive_recipient',
    pattern: french('420|426'),
    reason: 'mailbox_inactive',
    evidence: `${ORANGE}: 420 archived recipient, 426 recipient account is blocked`,
  },
  {
    id: 'orange.reputation',
    pattern: french('101|102|103|510|999'),
    reason: 'reputation',
    evidence: `${ORANGE}: 102 blocked for spam, 103, 510 and 999 service refused`,
  },
  {
    id: 'orange.too_many_connections',
    pattern: french('104|109'),
    reason: 'throttled',
    evidence: `${ORANGE}: 104 too many connections`,
  },
  {
    id: 'orange.authentication',
    pattern: french('401|517'),
    reason: 'authentication',
    evidence: `${ORANGE}: 401 SPF, 517 DMARC`,
  },
  {
    id: 'orange.policy',
    pattern: french('305|402|403|405|415|421|630'),
    reason: 'policy',
    evidence: `${ORANGE}: 403, 405 and 415 invalid sender, 630 client host rejected`,
  },
  {
    id: 'orange.spam',
    pattern: french('506|513'),
    reason: 'spam',
    evidence: `${ORANGE}: 506 and 513 mail rejected by its content`,
  },
  {
    id: 'orange.size',
    pattern: french('514'),
    reason: 'message_too_large',
    evidence: `${ORANGE}: 514 size limit reached`,
  },
  {
    id: 'orange.try_later',
    pattern: french('105|107|108|201|423|424|505'),
    reason: 'temporary_problem',
    evidence: `${ORANGE}: 105 to 108, 201, 423, 424 and 505, try later`,
  },

  {
    id: 'godaddy.reputation',
    pattern: /\bib(?:10[3-6]|11[0-3])\b/,
    reason: 'reputation',
    evidence: `${GODADDY}: IB103 to IB106 block lists, IB110 to IB113 blocked for spam or invalid recipients`,
  },
  {
    id: 'godaddy.throttled',
    pattern: /\bib(?:007|504|510|605|607)\b/,
    reason: 'throttled',
    evidence: `${GODADDY}: IB007, IB504, IB510, IB605 and IB607, too much at a time`,
  },
  {
    id: 'godaddy.authentication',
    pattern: /\bib(?:108|506|508)\b/,
    reason: 'authentication',
    evidence: `${GODADDY}: IB108 reverse DNS, IB506 domain of the sender, IB508 SPF`,
  },
  {
    id: 'godaddy.content',
    pattern: /\bib(?:501|502|705)\b/,
    reason: 'content',
    evidence: `${GODADDY}: IB501 and IB502 From header, IB705 virus`,
  },
  {
    id: 'godaddy.spam',
    pattern: /\bib212\b/,
    reason: 'spam',
    evidence: `${GODADDY}: IB212 content judged to be spam`,
  },
  {
    id: 'godaddy.busy',
    pattern: /\bib101\b/,
    reason: 'temporary_problem',
    evidence: `${GODADDY}: IB101 server temporarily unavailable`,
  },

  {
    id: 'cox.reputation',
    pattern: /\b(?:cxbl|cdrbl|cxsmtp|ipbl[01]{4,5})\b/,
    reason: 'reputation',
    evidence: `${COX}: CXBL, CDRBL and IPBL, the IP address is blocked`,
  },
  {
    id: 'cox.authentication',
    pattern: /\b(?:cxdns|cxsndr)\b/,
    reason: 'authentication',
    evidence: `${COX}: CXDNS reverse DNS, CXSNDR SPF or DKIM`,
  },
  {
    id: 'cox.throttled',
    pattern: /\b(?:cxcnct|cxmxrt)\b/,
    reason: 'throttled',
    evidence: `${COX}: CXCNCT connections, CXMXRT recipients`,
  },
  {
    id: 'cox.spam',
    pattern: /\burlbl[01]{3,5}\b/,
    reason: 'spam',
    evidence: `${COX}: URLBL, a link in the message is block-listed`,
  },

  {
    id: 'spectrum.reputation',
    pattern: /\baup#[a-z]{0,3}-?(?:1000|1010|12[0-5]0)\b/,
    reason: 'reputation',
    evidence: `${SPECTRUM}: 1000 suspicious activity, 1200 to 1250 Cloudmark and Spamhaus`,
  },
  {
    id: 'spectrum.authentication',
    pattern: /\baup#[a-z]{0,3}-?11[0-5]0\b/,
    reason: 'authentication',
    evidence: `${SPECTRUM}: 1100 to 1150, reverse DNS`,
  },
  {
    id: 'spectrum.policy',
    pattern: /\baup#[a-z]{0,3}-?(?:11[6-9]0|15[026]0)\b/,
    reason: 'policy',
    evidence: `${SPECTRUM}: 1160 to 1190 security policy, 1500 and 1520 sender, 1560 invalid recipients`,
  },
  {
    id: 'spectrum.throttled',
    pattern: /\baup#[a-z]{0,3}-?(?:1[34]\d0|15[458]0)\b/,
    reason: 'throttled',
    evidence: `${SPECTRUM}: 1300 to 1490, 1540, 1550 and 1580, too much at a time`,
  },

  {
    id: 'comcast.reputation',
    pattern: /\bbl00000\d\b/,
    reason: 'reputation',
    evidence: `${COMCAST}: BL000000 and BL000001`,
  },
  {
    id: 'comcast.throttled',
    pattern: /\brl00000\d\b/,
    reason: 'throttled',
    evidence: `${COMCAST}: RL000001 to RL000003`,
  },

  {
    id: 'facebook.unknown_user',
    pattern: /\b(?:rcp-p1|int-p[134])\b/,
    reason: 'unknown_user',
    evidence: `${FACEBOOK}: RCP-P1 and INT-P1, the address does not exist`,
  },
  {
    id: 'facebook.inactive',
    pattern: /\brcp-t4\b/,
    reason: 'mailbox_inactive',
    evidence: `${FACEBOOK}: RCP-T4 deactivated`,
  },
  {
    id: 'facebook.over_quota',
    pattern: /\bint-p7\b/,
    reason: 'mailbox_full',
    evidence: `${FACEBOOK}: INT-P7 over quota`,
  },
  {
    id: 'facebook.size',
    pattern: /\b(?:msg-p1|int-p2)\b/,
    reason: 'message_too_large',
    evidence: `${FACEBOOK}: MSG-P1 and INT-P2, over the maximum size`,
  },
  {
    id: 'facebook.policy',
    pattern: /\b(?:rcp-p[23]|pol-p8)\b/,
    reason: 'policy',
    evidence: `${FACEBOOK}: RCP-P2 and RCP-P3 preferences of the recipient, POL-P8 policy`,
  },
  {
    id: 'facebook.content',
    pattern: /\b(?:msg-p[23]|pol-p5)\b/,
    reason: 'content',
    evidence: `${FACEBOOK}: MSG-P2 attachment, MSG-P3 headers, POL-P5 virus`,
  },
  {
    id: 'facebook.spam',
    pattern: /\bpol-p6\b/,
    reason: 'spam',
    evidence: `${FACEBOOK}: POL-P6 blocked link`,
  },
  {
    id: 'facebook.authentication',
    pattern: /\b(?:pol-p7|dns-[pt][123])\b/,
    reason: 'authentication',
    evidence: `${FACEBOOK}: POL-P7 authentication, DNS-P1 to DNS-P3 sender domain and reverse DNS`,
  },
  {
    id: 'facebook.reputation',
    pattern: /\bpol-[pt][1-4]\b/,
    reason: 'reputation',
    evidence: `${FACEBOOK}: POL-P1 to POL-P4, mail from the IP address is not accepted`,
  },
  {
    id: 'facebook.throttled',
    pattern: /\b(?:con-t[1-4]|msg-t1)\b/,
    reason: 'throttled',
    evidence: `${FACEBOOK}: CON-T1 to CON-T4, too many connections or recipients`,
  },

  {
    id: 'netease.spam',
    pattern: /\bdt:(?:spm|sum)\b/,
    reason: 'spam',
    evidence: `${NETEASE}: 554 DT:SPM`,
  },
  {
    id: 'netease.reputation',
    pattern: /\b(?:dt:rbl|wm:bl[iic]|mi:ipb|hl:ipb)\b/,
    reason: 'reputation',
    evidence: `${NETEASE}: 450 DT:RBL, 550 WM:BLI`,
  },
  {
    id: 'netease.authentication',
    pattern: /\b(?:mi:(?:spf|dma)|hl:ihu)\b/,
    reason: 'authentication',
    evidence: `${NETEASE}: 550 MI:SPF and MI:DMA, 554 HL:IHU`,
  },
  {
    id: 'netease.throttled',
    pattern: /\b(?:mi:(?:cel|dmc|ccl|sfq|stc)|rp:(?:drc|qrc|ccl|trc)|hl:(?:rep|itc|ifc))\b/,
    reason: 'throttled',
    evidence: `${NETEASE}: 450 MI:CEL connections, RP:DRC and RP:TRC recipients`,
  },
  {
    id: 'tencent.frequency',
    pattern: /\bfrequency (?:of receiving messages )?(?:is )?limited\b/,
    reason: 'throttled',
    evidence: `${TENCENT}: 550 connection, IP, domain or sender frequency limited`,
  },
  {
    id: 'tencent.spam',
    pattern: /\bmail content denied\b|\bspam is embedded\b/,
    reason: 'spam',
    evidence: `${TENCENT}: 550 mail content denied`,
  },
  {
    id: 'tencent.reputation',
    pattern: /\bsuspected (?:bounce attacks|spam ip)\b/,
    reason: 'reputation',
    evidence: `${TENCENT}: 550 suspected bounce attacks, suspected spam IP`,
  },

  {
    id: 'i_ua.unknown_user',
    pattern: /\bi\.ua\/err\/2\b/,
    reason: 'unknown_user',
    evidence: `${I_UA}/2: user is not found`,
  },
  {
    id: 'i_ua.inactive',
    pattern: /\bi\.ua\/err\/3\b/,
    reason: 'mailbox_inactive',
    evidence: `${I_UA}/3: not used for three months`,
  },
  {
    id: 'i_ua.over_quota',
    pattern: /\bi\.ua\/err\/4\b/,
    reason: 'mailbox_full',
    evidence: `${I_UA}/4: mailbox is full`,
  },
  {
    id: 'i_ua.throttled',
    pattern: /\bi\.ua\/err\/5\b/,
    reason: 'throttled',
    evidence: `${I_UA}/5: sending limit`,
  },
  {
    id: 'i_ua.reputation',
    pattern: /\bi\.ua\/err\/(?:7|9)\b/,
    reason: 'reputation',
    evidence: `${I_UA}/9: the IP address is block-listed`,
  },
  {
    id: 't_online.reputation',
    pattern: /\bip[=:] ?\S{3,45} - (?:a problem occurred|dialup|none\/bad reputation)/,
    reason: 'reputation',
    evidence: `${T_ONLINE}: 554 IP address without or with bad reputation`,
  },
  {
    id: 'docomo.mailbox_full',
    pattern: /\btoo much mail data\b/,
    reason: 'mailbox_full',
    evidence: `${DOCOMO}: 552 too much mail data`,
  },
];

/** `OFR_416`, `LPN007_420`, `LPN416`, `ofr006_102`. */
function french(codes: string): RegExp {
  return new RegExp(`\\b(?:ofr|lpn|ouk|lpnaaa)(?:_|-|\\d{3}[_-])?(?:${codes})\\b`);
}
