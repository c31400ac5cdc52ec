import { anyOf, type ClassifierRule } from './classifier-rule.ts';

/** Codes that accuse the sender, before any word such as "invalid address" is taken for the recipient's. */
export const SENDER_CODE_RULES: readonly ClassifierRule[] = [
  {
    id: 'status.1.7',
    pattern: /(?<![\d.])[45]\.1\.7(?!\.?\d)/,
    reason: 'policy',
    evidence: "IANA SMTP Enhanced Status Codes: X.1.7 bad sender's mailbox address syntax",
  },
  {
    id: 'status.1.8',
    pattern: /(?<![\d.])[45]\.1\.8(?!\.?\d)/,
    reason: 'authentication',
    evidence: "IANA SMTP Enhanced Status Codes: X.1.8 bad sender's system address",
  },
];

/** Words that accuse the sender, the message's authentication or the sending host: never the recipient. */
export const SENDER_RULES: readonly ClassifierRule[] = [
  {
    id: 'words.encryption_required',
    pattern: anyOf(
      '\\b(?:must|should|first|requires?|required|needs?|use|over|without|unless)\\b.{0,30}\\b(?:starttls|tls|ssl|encrypt)',
      '\\b(?:starttls|tls|encryption|ssl)\\S{0,12}\\b.{0,30}\\b(?:required|requires|mandatory|must|not supported|needed)',
    ),
    reason: 'policy',
    evidence: 'RFC 3207 section 4: 530 must issue a STARTTLS command first; IANA X.7.10 encryption needed',
  },
  {
    id: 'words.message_authentication',
    pattern: anyOf(
      '\\b(?:spf|dkim|dmarc|domainkeys?|sender ?id)\\b',
      '\\bsender policy framework\\b|\\bpurported responsible\\b',
      '\\bunauthenticated (?:e-?mail|mail|message|sender)',
      '\\b(?:sender|message|mail) (?:is |was )?(?:unauthenticated|not authenticated)\\b',
      '\\bauthentication (?:\\S{1,20} ){0,2}(?:checks?|requirements?|results?|information|level|fail)',
      '\\b(?:sender|domain|message|e-?mail) authentication\\b',
    ),
    reason: 'authentication',
    evidence: 'RFC 7372 section 3: X.7.20 to X.7.26, message authentication failures',
  },
  {
    id: 'words.reverse_dns',
    pattern: anyOf(
      '\\b(?:reverse|rev|inverse)[- ]?(?:dns|lookup|address|host|mapping|record|resolution)',
      '\\b(?:rdns|fcrdns|ptr)\\b',
      '\\b(?:find|resolve|verify|validate|determine) your (?:host ?name|reverse|ip|address|server|domain)',
      '\\bunresolv?able (?:relay )?(?:host|client|ip)',
      '\\bunverif\\w{1,5} sending ips?\\b',
      '\\bip (?:name|address) lookup failed',
      '\\bgeneric (?:host ?name|dns)',
    ),
    reason: 'authentication',
    evidence: 'RFC 7372 section 3.3: X.7.25, reverse DNS validation failed',
  },
  {
    id: 'words.helo',
    pattern: anyOf(
      '\\b(?:helo|ehlo)\\b.{0,40}\\b(?:reject|invalid|bad|denied|not valid|fully|match|resolv|forg|mis|require|should|fqdn|literal)',
      '\\b(?:rejected|invalid|bad|denied|forged|empty|wrong) (?:helo|ehlo)\\b',
    ),
    reason: 'reputation',
    evidence: 'Postfix, reject_invalid_helo_hostname; Microsoft, 550 5.7.506 bad HELO, typical of spam bots',
  },
  {
    id: 'words.sender_listed',
    pattern: anyOf(
      "\\b(?:sender|from|mail ?from|return[- ]path|your|domain|ip|host|server|network|client|address)(?:'s)?(?: \\S{1,64}){0,5} (?:is |are |was |been |on |in |by ){0,3}(?:a |our |my |the |local |this |your ){0,2}(?:black|block|deny|bad|drop)[- ]?list",
      '\\b(?:black|block|deny|drop)[- ]?list(?:ed|ing|s)?\\b|\\bblack-?hole(?:d|s)?\\b',
      '\\bbad ?mail ?from\\b',
      '\\bnot (?:in|on) (?:\\S{1,20} ){0,2}(?:white|allow|bypass)[- ]?list',
      '\\b(?:is|are|was|been|currently|found) listed (?:in|on|by|at)\\b|\\bdue to listing in\\b',
    ),
    reason: 'reputation',
    evidence:
      'RFC 6471, block lists; Symantec, "your domain has been blacklisted"; qmail, control/badmailfrom',
  },
  {
    id: 'words.sender_unverifiable',
    pattern: anyOf(
      "\\bsender(?:'s)? (?:e-?mail )?(?:address )?(?:verif|call-?out|check)",
      '\\bverif\\w{0,7} (?:the )?(?:sender|mail ?from|return[- ]path|envelope)',
      '\\bverification failed for\\b|\\bvalid (?:sender|from) domain|\\bsender is unvalidated\\b',
      "\\b(?:sender|from|mail ?from|envelope|return[- ]path|sending|your)(?:'s)? (?:e-?mail |address |envelope |from |sender |mail ){0,2}domain (?:\\S{1,64} )?(?:is |was |does |do |must |could |can |has |name ){0,2}(?:not|no|never|exist|invalid|empty|un\\w|cannot|n't|does)",
      "\\bdns (?:\\S{1,20} )?(?:lookup|check|query|failure)\\b.{0,40}\\b(?:your|client|sender|sending|ip)\\b|\\b(?:your|client|sender|sending|ip)(?:'s)? (?:\\S{1,20} ){0,3}dns\\b|\\bdns check failure\\b",
      '\\bdomain (?:name )?(?:of|for) (?:the )?(?:sender|from|mail ?from|envelope)',
      '\\bsender address rejected: (?:domain|unverified|undeliverable|malformed|unknown|user|address)',
      '\\b(?:unresolvable|unroutable|unrouteable|unverifiable|undeliverable|non-?existent|unknown) (?:sender|from|rfc|return|mail ?from)',
      '\\b(?:resolve|find|lookup|route to) (?:the )?(?:sender|from|return|domain of|your domain|mail ?from)',
      '\\bsender (?:\\S{1,64} )?has no (?:a|mx)\\b|\\bmx records? (?:for|of) (?:the )?sender',
      '\\bfrom: domain is invalid',
      '\\bmail ?from\\b.{0,60}\\b(?:mismatch|does not match|does not resolve|not resolve)|\\bmismatch\\w{0,2} client\\b',
    ),
    reason: 'authentication',
    evidence:
      'RFC 3463 X.1.8 bad sender system address; Postfix, reject_unknown_sender_domain; Exim, verify = sender',
  },
  {
    id: 'words.own_account',
    pattern: anyOf(
      '\\b(?:your|sending|sender|smtp) (?:\\S{1,30} )?account (?:\\S{1,20} ){0,3}(?:disabled|suspended|blocked|locked|deactivated|not)',
      '\\bmail sending denied',
      '\\bmessages? (?:\\S{1,20} ){0,4}not (?:verified|authori[sz]ed to perform)',
    ),
    reason: 'policy',
    evidence: 'Google Workspace Admin Help, "SMTP error reference": 550 5.7.0 mail sending denied',
  },
  {
    id: 'words.host_blocked',
    pattern: anyOf(
      '\\b(?:ip|ips|ip-address|ip address(?:es)?|ip range|network|netblock|subnet|client host|client|connecting host|sending host|sending server|source|mta|isp|(?:your|the) (?:host|(?:mail ?)?server|domain|provider))\\b(?: \\S{1,40}){0,5} (?:blocked|banned|barred|blocking|suspended|restricted)\\b',
      '\\b(?:your|sending|sender|source|client|this) (?:ip|ip address|host|(?:mail ?)?server|network|domain)\\b(?: \\S{1,40}){0,4} (?:rejected|refused|denied|not allowed|not permitted|not authori[sz]ed|not welcome)\\b',
      '\\b(?:blocked|banned|rejected|refused|blocking|dynamic|suspicious|unauthori[sz]ed|untrusted|invalid|bad|black) (?:sending |sender |client |source |by |your |for )?(?:ip|ips|ip address(?:es)?|network|netblock|mta)\\b',
      '\\bip (?:address )?(?:is |was |has been )(?:rejected|refused|denied)\\b|\\bno access from\\b|\\bmail ?server (?:at )?(?:\\S{1,64} )?(?:is|was|has been) (?:blocked|banned)\\b',
      '\\bnot (?:\\S{1,20} )?accept\\w{0,3} (?:\\S{1,20} ){0,3}(?:from|to) (?:\\S{1,20} ){0,2}(?:ip|network|server|host|range|provider)',
      '\\b(?:mail|messages?|e-?mails?|connections?|access) from (?:\\S{1,20} ){0,3}(?:ip|network|server|host|range|provider|isp)s? (?:\\S{1,20} ){0,3}(?:rejected|refused|blocked|denied|banned|not)',
      '\\bclient host rejected\\b.{0,30}\\b(?:banned|spam|abuse|block|dynamic)',
      "\\bmessages from (?:ip-address )?weren't sent\\b|\\bmessages from .{0,30}(?:permanently|temporarily) deferred",
      '\\b(?:dynamic|dial-?up|residential|consumer) (?:ip|pool|address|host|range|connection)',
      '\\buse (?:the |your )?(?:\\S{1,10} )?(?:smtp|mail) ?(?:server|relay|gateway|host) (?:of|from|at) your\\b',
      '\\bgeograph|\\bcountry\\b|\\bhost network\\b',
      '\\bconnection (?:was |is )?(?:rejected|denied|not allowed|blocked|not accepted)\\b|\\bnot allowed to connect\\b',
    ),
    reason: 'reputation',
    evidence:
      'Postfix, check_client_access; Microsoft, Yahoo, Comcast and Spectrum postmasters: the IP address is blocked',
  },
  {
    id: 'words.poor_reputation',
    pattern: anyOf(
      '\\breputation\\b|\\b(?:user|spam|abuse|many|received|numerous|of|to|excessive) complaints?\\b|\\bcomplaints? (?:about|from|regarding|rate|against|we|received)\\b|\\bspammers?\\b|\\bopen[- ]?(?:proxy|relay)\\b(?! not| is not)',
      '\\b(?:unusual|high|suspicious|large) (?:rate|volume|amount|number) of (?:unsolicited|spam|bad|invalid)',
      '\\bsuspicious (?:activity|traffic|behaviou?r)|\\bcompromised\\b',
      '\\btoo many (?:\\S{1,20} )?(?:spam|spams|unsolicited|invalid|unknown|bad|non-?exist\\w{0,4}|virus|unsuccessful|failed|junk|wrong)\\b',
      '\\b(?:sent|sends|sending|source of|sources of|originat\\w{1,3}|host of) (?:\\S{1,10} ){0,2}(?:spam|unsolicited|junk)\\b',
      '\\bspam (?:source|host|network|attack|relay|sender|from your)',
    ),
    reason: 'reputation',
    evidence: 'RFC 7070, reputation of senders; RFC 6449, complaint feedback',
  },
  {
    id: 'words.sender_refused',
    pattern: anyOf(
      "\\b(?:sender|envelope(?! recipient)|return[- ]path|mail ?from|from address|from header)(?:'s)? (?:\\S{1,64} ){0,3}(?:is |was |has been )?(?:reject|refus|den(?:y|ied)|block|bann|not (?:a )?(?:allow|accept|permit|authori|pre|valid|on\\b|in\\b|found|known|listed)|invalid|unknown|bad\\b|forbid|prohibit|restrict|not owned|must|malformed|missing)",
      '\\b(?:invalid|unknown|bad|banned|blocked|refused|rejected|forbidden|illegal|null|empty|bogus|fake|denies|rejects) (?:the )?(?:envelope |mail )?(?:senders?|from\\b|return[- ]path)',
      '\\b(?:from|sender|return[- ]path): .{0,40}(?:not allowed|not owned|invalid|denied|reject)',
      '\\bbatv\\b|\\bbackscatter\\b',
    ),
    reason: 'policy',
    evidence: 'RFC 3463 X.1.7 bad sender address; Postfix, check_sender_access',
  },
];
