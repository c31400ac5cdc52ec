import { anyOf, type ClassifierRule } from './classifier-rule.ts';

const BOX =
  '(?:mailbox|mail box|mail-box|inbox|maildrop|mail ?folder|mail ?drop|maildir|account|e-?mail account)';
const WHO =
  '(?:user|recipient|addressee|address|e-?mail|e-?mail address|mail address|user ?name|alias|customer|subscriber|person|member|local[- ]?part|contact)';
const RECIPIENT = `(?:${WHO}|${BOX})`;
/** One word between, such as a local part: not one that makes something else the subject. */
const NAMED =
  '(?: (?!domain|host|sender|server|connection|session|list|message|mail\\b|verif|link|header|certif|record|policy|content|filter)\\S{1,64})?';
const ADDRESSED = '(?: (?:that )?you (?:are trying|tried|were trying|want(?:ed)?) to \\S{1,20})?';
const STATE =
  '(?: (?:is|was|has|been|are|being|status|currently|temporarily|temporary|administratively|permanently|now|got|and|or|not|unknown|found|invalid|been)){0,4}';
const NOT_EXIST =
  "(?:do(?:e?s)? ?n[o']?t|did ?n[o']t|not|no longer|no more|never) (?:appear to |seem to |yet )?exists?";

/** Unmistakable English; matched against the words without links, addresses and codes. */
export const WORD_RULES: readonly ClassifierRule[] = [
  {
    id: 'words.sending_limit',
    pattern: anyOf(
      '\\b(?:rate|frequency|velocity|connections?|concurrency|thread)[- ]?limit',
      '\\brate[- ](?:limited|control)|\\bthrottl|\\bslow down\\b|\\bmail flood|\\btoo much (?:e-?)?mail\\b',
      '\\b(?:daily|hourly|sending|send|relay|outbound|submission|per[- ](?:hour|day|minute))(?: \\S{1,20}){0,3} (?:quota|limit|cap)',
      '\\bquota for sending\\b|\\b(?:message|recipient) rate\\b',
      '\\b(?:messages?|e-?mails?|mails?|recipients?|connections?|much)(?: \\S{1,20}){0,3} (?:per|this|an|a|each|last) (?:hour|day|minute|second|session|connection)',
      '\\btoo (?:fast|quickly|rapidly|often|frequent)',
      '\\btoo many (?:\\S{1,20} ){0,2}(?:connections?|connects?|sessions?|recipients?|rcpts?|requests?|deliveries|transactions?|commands?|concurrent|simultaneous|messages?|mails?|e-?mails?)\\b(?! (?:on|in) (?:the |this |your )?(?:server|mailbox|inbox))',
      '\\btoo many errors\\b|\\bsent too (?:many|much)\\b|\\brate that prevents\\b',
      '\\b(?:excessive|unexpected|unusual|high) (?:message |mail )?(?:volume|rate)',
      '\\bmax(?:imum)? (?:number of )?(?:\\S{1,20} )?(?:connections|sessions|recipients|messages|mails|emails)(?: \\S{1,20}){0,2} (?:per|reached|exceeded|allowed)|\\bper connection\\b',
      '\\bexceed\\w{0,3} (?:\\S{1,20} ){0,4}(?:connections?|recipients|permitted limits|threshold|number of (?:messages|e-?mails))',
      '\\brecipients? (?:limit|exceed)|\\bexceeded their limit\\b|\\b(?:simultaneous|concurrent) (?:\\S{1,20} )?connections?\\b',
    ),
    reason: 'throttled',
    evidence: 'RFC 3463 X.4.5 and X.5.3; Google, Microsoft and Yahoo postmaster pages on rate limits',
  },
  {
    id: 'words.mailbox_full',
    pattern: anyOf(
      `\\b${RECIPIENT}(?:'s)?${NAMED} (?:\\S{1,20} )?(?:is |was |has |seems |appears |maybe |may be )?(?:\\S{1,20} )?(?:too )?full\\b(?! (?:name|header|address|domain|detail|text|copy|message|information))`,
      '\\b(?:storage|box|message store|mail store) (?:is |has |space )?(?:almost )?full\\b|\\bfull (?:mailbox|inbox|mail box)\\b',
      '\\bover-?quota\\b|\\bover (?:\\S{1,20} ){0,2}quota\\b',
      '\\bquota (?:\\S{1,20} ){0,3}(?:exceed|reach|full|violat|used up|over\\b|limit)',
      '\\bexceed\\w{0,3} (?:\\S{1,30} ){0,5}(?:quota|storage|disk space|mailbox size|mailbox limit|receiving limit)',
      '\\b(?:account|mailbox) storage limit\\b|\\breached (?:\\S{1,20} ){0,3}quota\\b|\\binsufficient quota\\b|\\bout of quota\\b',
      "\\b(?:not|n't|insufficient|no|without)(?: \\S{1,20}){0,3} (?:space|storage|room)(?: \\S{1,20}){0,4} (?:mailbox|account|user|recipient|inbox|maildir)",
      `\\b(?:${BOX}|user|recipient)(?:'s)? (?:\\S{1,20} ){0,4}(?:enough|insufficient|no more|remaining|available|out of|no|not have) (?:\\S{1,20} )?(?:space|storage|room)`,
      `\\b(?:${BOX}|storage|disk)(?:'s)? (?:\\S{1,20} )?(?:size |space |storage )?(?:limit|allocation|capacity)?(?: \\S{1,20}){0,3} (?:exceed|reached|used up)`,
      `\\b(?:${BOX}|user) (?:\\S{1,20} ){0,3}(?:exceed\\w{0,3}|reached|used up|at) (?:\\S{1,20} ){0,4}(?:size|limit|capacity|maximum|space|storage)`,
      '\\btoo many messages (?:on|in) (?:the |this |your )?(?:server|mailbox|inbox)|\\bspace (?:has been )?used up\\b|\\bmail ?full\\b',
      '\\b(?:mailbox|inbox|space|storage) (?:space )?(?:is )?not enough\\b|\\bnot enough (?:\\S{1,20} )?(?:mailbox|inbox|storage)',
    ),
    reason: 'mailbox_full',
    evidence: 'RFC 3463 X.2.2 mailbox full; RFC 5321 section 4.2.3: 552 exceeded storage allocation',
  },
  {
    id: 'words.message_too_large',
    pattern: anyOf(
      '\\b(?:message|mail|e-?mail|body|content|data|attachment|file|it)s?(?: \\S{1,20}){0,4} too (?:large|big)\\b|\\b(?:message|mail|attachment|body) (?:is )?too long\\b',
      '\\btoo (?:large|big) (?:message|mail|e-?mail|body|for)',
      "\\b(?:message|mail|e-?mail|content|data|body|attachment|header)s?(?:'s)? (?:\\S{1,20} )?(?:size|length) (?:\\S{1,20} ){0,4}(?:exceed|limit|too|larger|over|restrict|violat)",
      '\\b(?:exceed|larger|bigger|over|above|greater)\\w{0,3} (?:\\S{1,20} ){0,5}(?:message|mail|e-?mail|attachment|header|maximum|max|fixed|individual)(?: \\S{1,20}){0,3} (?:size|length)',
      '\\bsize (?:of (?:your|this|the) (?:message|mail)|limit|exceed)',
      '\\bexceeds? (?:\\S{1,20} ){0,4}(?:size|length|administrative limit|limit of)',
      '\\bmax(?:imum)? (?:message |mail |e-?mail )?(?:size|length)(?: \\S{1,20}){0,3} exceed|\\bmailsize limit\\b',
      '\\bmessage (?:is )?larger than\\b',
    ),
    reason: 'message_too_large',
    evidence: 'RFC 3463 X.2.3 and X.3.4; RFC 1870 section 6: message size exceeds fixed limit',
  },
  {
    id: 'words.spam_message',
    pattern: anyOf(
      '\\b(?:as|for|to be|possible|possibly|probable|probably|suspected|likely|considered?|contains?|containing|seems|looks?(?: \\S{1,20})? like|appears?|is|of being|due to|because of|against|high|identified|thinks? .{1,20} is) (?:an? |too much |blatant |in )?(?:spam|junk|unsolicited|uce|ube|bulk)\\b',
      '\\bspam[- ](?:content|message|mail|e-?mail|like|score|filter|detect|reject|refus|block|check|classif|criteria|pattern|points|level|probab|not|is|has|test|profil|policy|rule|related|suspect|found|text|scale|trap|threshold|virus|engine)',
      '\\bd?spam check|\\bspam(?!mer)[a-z]{2}|\\bspam-id\\b|\\bgtube\\b|\\bmass[- ]?mail|\\brecurrent pattern\\b',
      '\\b(?:junk|unsolicited|bulk|unwanted) (?:mail|e-?mail|message|commercial|advert)',
      '\\bsuspicion of spam|\\bspam/virus|\\b- spam\\b|\\b(?:ube|uce)\\b',
      '\\bcontent[- ]filter|\\bby (?:our|the) (?:\\S{1,20} )?filters?\\b|\\bnature of the content\\b|\\b(?:message|mail|e-?mail|content) (?:was |has been )?filtered\\b',
    ),
    reason: 'spam',
    evidence:
      'Google, "Why has Gmail blocked my messages?"; Apache SpamAssassin; Yandex and Mail.ru postmaster pages',
  },
  {
    id: 'words.relay_denied',
    pattern: anyOf(
      '\\brelay(?:ing|ed)?(?: (?!recipient)\\S{1,64}){0,4} (?:denied|not|prohibited|refused|rejected|forbidden|disallowed)\\b|\\b(?:unauthori[sz]ed|denies) relay|\\brelay check\\b',
      '\\b(?:to|cannot|not|as a|open|insecure mail|attempt(?:ing)? to) relay(?:ing)?\\b|\\brelay (?:for|through|via)\\b|\\brcpthosts\\b',
      '\\b(?:do|does|will) not (?:handle|host|serve|accept|deliver|receive) (?:(?:e-?mail|mail|messages?) )?for (?:this |that |the |your )?(?:domain|host)',
      '\\b(?:domain|host) (?:\\S{1,64} )?(?:is )?not (?:hosted|handled|local|served|configured|accepted|ours|one of)',
      '\\bnot (?:a )?(?:local|hosted|our) (?:domain|host)\\b|\\bnon-?local\\b|\\blocal user only\\b',
      '\\bsmtp auth(?:entication)?\\b|\\bauthentication (?:is )?required\\b|\\bmust authenticate\\b|\\bclient was not authenticated\\b|\\bcredentials\\b|\\bauth failed\\b',
    ),
    reason: 'mailbox_misconfiguration',
    evidence: 'Postfix, reject_unauth_destination: relay access denied; qmail, control/rcpthosts',
  },
  {
    id: 'words.no_mail_domain',
    pattern: anyOf(
      '\\b(?:host|domain|mx)(?: \\S{1,20}){0,2} look-?ups? fail|\\billegal host\\b|\\bdomain must exist\\b|\\bdomain (?:\\S{1,20} ){0,5}is unknown\\b|\\bnull ?mx\\b|\\bno (?:valid )?(?:mx|mail exchang)',
      "\\b(?:host|domain|host/domain)(?: \\S{1,64})? (?:does ?n[o']t|do not|never|will not) (?:accept|receive|take) (?:any )?(?:e-?mail|mail|messages)",
      '\\b(?:host or )?domain name not found|\\bhost not found\\b|\\bhost unknown\\b|\\bhost ?name lookup|\\bname or service not known\\b|\\bnxdomain\\b|\\bservfail\\b',
      "\\b(?:unknown|no such|invalid|nonexistent|non-existent|bad|unrouteable|unroutable|unresolvable|illegal|unrecogni[sz]ed) (?:mail |recipient |destination |e-?mail |recipient's )(?:domain|host|system)",
      '\\b(?:unknown|no such|nonexistent|non-existent|unrouteable|unroutable) (?:domain|host|mail domain)\\b|\\binvalid host ?name\\b',
      "\\b(?:recipient|destination|mail|e-?mail|rcpt)(?:'s)? domain(?: name)?(?: \\S{1,64}){0,2} (?:not|un\\w|does|must|has no|is not|invalid|expired|cannot|could not|doesn't)",
      `\\bdomain(?: name)?(?: \\S{1,64})? (?:is |was |does |can |could |has )?(?:not found|unknown|${NOT_EXIST}|not resolve|not be resolved|not be found|not reachable|unreachable|expired)\\b`,
      '\\bname (?:service|server)(?: \\S{1,64})? (?:error|failure|reply|timeout|timed)',
      '\\bunroute?able (?:mail )?(?:address|domain)',
      "\\b(?:unable|failed|failure|cannot|could not|couldn't|not able)(?: to)? (?:look ?up|resolve|find|query|locate) (?:\\S{1,20} ){0,3}(?:dns|domain|host|mx|hostname|mail exchanger|gateway|any host|route)",
      '\\bdns (?:\\S{1,30} )?(?:lookup|query|error|failure|resolution|fail|problem|records? for the destination|nonexistent|domain)',
      '\\bmx (?:or srv )?(?:record|host|lookup|list)s?\\b.{0,60}\\b(?:not|no|fail|invalid|non-?exist|local|empty|bad|incorrect)',
      '\\bbad destination (?:system|host|domain)|\\bsmtpsend\\b',
      '\\b(?:unable|not able|failed) to (?:route|find a route)|\\bno route (?:found )?to (?:domain|recipient)|\\broute (?:not found|lookup failed)|\\brecipient domain\\b.{0,20}\\bspell',
    ),
    reason: 'dns_failure',
    evidence: 'RFC 3463 X.1.2 bad destination system address, X.4.4 unable to route; RFC 7505 X.1.10 null MX',
  },
  {
    id: 'words.unknown_user',
    pattern: anyOf(
      `\\b${RECIPIENT}(?:'s|s|es)?(?: name)?${NAMED} (?:is |was |has |have |are |were )?(?:been )?(?:unknown|not known|unrecogni[sz]ed|not recogni[sz]ed|not found|not present|non-?exist\\w{0,4}|not identified|not local)\\b`,
      `\\b(?:unknown|no such|non-?existent|non-?existing|unrecogni[sz]ed|nonexistant) (?:or \\S{1,20} )?(?:local |virtual |mail |e-?mail |smtp |hosted |internal )?${RECIPIENT}\\b`,
      `\\b${RECIPIENT}(?:'s)?(?: name)?${NAMED} (?:here )?${NOT_EXIST}\\b`,
      `\\b(?:the|this|that|such|requested) ${RECIPIENT}(?: \\S{1,64}){0,6} ${NOT_EXIST}\\b`,
      `\\brcpt (?:\\S{1,64} )?${NOT_EXIST}\\b`,
      '\\bno (?:such )?(?:mailbox|mail-?box|mail box|account|user|recipient|one|person|addressee|id|maildrop)\\b(?: \\S{1,64}){0,2} (?:here|by that name|with that name|with this name|at this|for this|of that name|found|exists|named|available)\\b',
      '\\bno such (?:person|addressee|id|local|name|mail drop)\\b',
      `\\b(?:not|isn't|isnt) (?:an? |our |my )?(?:\\S{1,20} )?(?:valid|known|local|current|existing|registered|legitimate|recogni[sz]ed) ${RECIPIENT}\\b`,
      "\\b(?:not|isn't) (?:a |an )?(?:valid|known|local|active|registered) (?:here|at this)|\\bnot an active address\\b|\\bnot our (?:customer|user)\\b|\\bnot (?:an? )?(?:user|recipient|mailbox|account) (?:of|on|at|in) this\\b|\\bnot a member of domain\\b",
      `\\b(?:could not|cannot|can not|can't|couldn't|unable to) (?:be )?(?:find|found|locate|located|identify)(?: \\S{1,20}){0,3} ${RECIPIENT}\\b`,
      `\\b${RECIPIENT}${NAMED} (?:could not|cannot|can not|can't|couldn't) be (?:found|located|resolved|identified|verified)`,
      "\\bdoes(?: not|n't) have an? (?:\\S{1,64} )?(?:account|mailbox)\\b|\\bhas no (?:mailbox|account|such|mail box)\\b",
      '\\bno longer (?:exists?|on (?:this |the |our )?server|at this|works?|with (?:this|the|us)|employed|here|has an?)\\b|\\bno longer accepts mail\\b',
      '\\b(?:user|recipient|person|employee|mailbox|address|account|he|she|who) (?:has |have )?(?:left|departed|resigned|moved|relocated|been (?:removed|deleted|replaced))\\b|\\bhas (?:left the|moved to|been replaced by)\\b|\\bowner has changed\\b',
      '\\b(?:deleted|removed|departed) (?:user|mailbox|account|recipient)\\b',
      '\\bnot (?:listed|present|found|in)(?: in)?(?: \\S{1,20}){0,3} (?:directory|user list|database|recipient list|recipient table|user base)|\\bvalid ?rcpt ?to\\b',
      '\\bno \\S{1,64} in (?:\\S{1,20} ){0,2}directory\\b|\\bnot listed in (?:domino|public)|\\bunknown in (?:\\S{1,30} ){0,3}table\\b|\\bunlisted recipient\\b',
      '\\bunknown or illegal alias\\b',
      '\\bbad (?:destination )?(?:mailbox|recipient|rcpt|destination address|e-?mail address|mail address|address syntax|address\\b)|\\bbad ?rcpt ?to|\\bbadrecipient',
      '\\bwrong (?:recipient|address|user|mailbox|e-?mail)|\\b(?:misspelled|mis-spelled|mistyped)\\b',
      '\\b(?:user|recipient|account|mailbox|address|rcpt)[- ]?(?:unknown|notfound|not[- ]exist|unknow)|\\bno ?such ?user\\b|\\bunknown-?user\\b',
      '\\bthere is no one\\b|\\bnobody (?:here|by that)|\\bnever heard of\\b',
      '\\bnot a valid rfc \\d{3,4} address|\\b(?:malformed|illegal) (?:recipient|rcpt|mailbox|e-?mail address|address|local)',
      '\\bno valid recipients?\\b|\\ball recipients (?:were |are )?(?:invalid|rejected)|\\buser path no exist',
    ),
    reason: 'unknown_user',
    evidence:
      'RFC 3463 X.1.1 bad destination mailbox address, X.1.3 syntax, X.1.6 moved; Postfix, Exim and qmail replies',
  },
  {
    id: 'words.loop',
    pattern: anyOf(
      '\\bloops?\\b|\\blooping\\b|\\btoo many (?:\\S{1,20} )?hops\\b|\\bhop ?count\\b|\\bexceeded \\d{1,4} hops\\b|\\bmaximum hops?\\b',
      '\\btoo many received\\b|\\bpoints? back to\\b',
    ),
    reason: 'mailbox_misconfiguration',
    evidence: 'RFC 3463 X.4.6 routing loop detected; RFC 5321 section 6.3',
  },
  {
    id: 'words.mailbox_inactive',
    pattern: anyOf(
      `\\b${RECIPIENT}(?:'s)?${ADDRESSED}${NAMED}${STATE} (?:disabled?|deactivated|suspend|suspended|in-?active|inactivated|locked|frozen|closed|archived|expired|terminated|cancell?ed|discontinued|dormant|abandoned|decommissioned|retired|not active|not activated|not enabled|on hold|out of service|unused|not in use|deprovisioned)\\b`,
      `\\b(?:disabled|suspended|in-?active|deactivated|locked|expired|closed|frozen|dormant|abandoned|obsolete|defunct|retired) (?:\\S{1,20} )?${RECIPIENT}\\b`,
      '\\b(?:account|mailbox|user) (?:is |has been |was )(?:\\S{1,20} )?blocked\\b',
      `\\b${RECIPIENT}(?: \\S{1,64}){0,3} no longer (?:active|available|valid|in use|used|being used|monitored|in service|accepting|receiv\\w{0,4}|maintained|supported)\\b`,
      '\\b(?:is|are) no longer (?:active|valid|in use|used|monitored|in service|available)\\b',
      '\\b(?:extended|long|prolonged) (?:period of )?inactivity|\\bdue to inactivity\\b',
      "\\b(?:mailbox|account|user|recipient) (?:has |was |is )?(?:not|never|hasn't|wasn't) (?:been )?(?:used|logged|accessed|activated|opened)\\b",
      '\\b(?:mailbox|account) (?:is )?(?:currently |temporarily )?not accepting (?:any |new )?(?:messages|e-?mails?|mail)\\b(?! (?:with|from))|\\bmailbox cannot be accessed\\b|\\bmail receiving disabled\\b|\\bis now disabled\\b|\\bis (?:a )?deactivated\\b|\\bis currently suspended\\b',
    ),
    reason: 'mailbox_inactive',
    evidence: 'RFC 3463 X.2.1 mailbox disabled, not accepting messages',
  },
  {
    id: 'words.timeout',
    pattern: anyOf(
      '\\btime(?:d)?[- ]?out\\b|\\bmessage (?:\\S{1,20} ){0,2}delayed\\b',
      '\\bconnect(?:ion|ing)?(?: \\S{1,64}){0,4} (?:refused|reset|dropped|lost|closed|aborted|failed|failure|broken|died|timed|was forcibly|expired)\\b',
      '\\b(?:refused|lost|closed|dropped|broken) (?:the |a )?connection|\\bbroken pipe\\b|\\bbad connection\\b',
      "\\b(?:unable|not able|wasn't able|failed|could ?n[o']t|couldn't|cannot|can't)(?: to)? (?:connect|establish|contact|reach|open)\\b",
      '\\b(?:no|network|host|net|destination|server) (?:route to host|(?:is |was )?unreachable|(?:is )?down|(?:is )?not reachable)\\b',
      '\\bno (?:answer|response|reply) from\\b|\\b(?:did|does|do) not (?:answer|respond)|\\bnot respond|\\bunresponsive\\b|\\bread error\\b',
      '\\b(?:message|mail|queue|delivery|retry|time|e-?mail)(?: \\S{1,20}){0,3} expired\\b|\\bexpired in (?:the )?queue\\b',
      '\\b(?:in the queue|queued|retry(?:ing)?|delayed|trying) (?:for )?too long\\b|\\bqueued? (?:lifetime|period|too long)|\\btoo (?:old|long in)\\b',
      '\\bretry (?:time(?:out)?|limit|count) (?:not reached|exceeded|expired)|\\b(?:giving|gave|give) up\\b|\\b(?:un|not )able to deliver (?:\\S{1,20} ){0,4}(?:minutes|hours|days)|\\bnot be delivered for \\d',
      '\\bdelivery (?:time|attempts?) (?:expired|exceeded|failed)|\\ball (?:\\S{1,20} )?(?:hosts|attempts|servers)(?: \\S{1,20}){0,4} (?:failed|failing|unreachable)',
      '\\bnetwork (?:error|problem|failure)|\\bsocket error\\b|\\bhandshake\\b',
    ),
    reason: 'timeout',
    evidence: 'RFC 3463 X.4.1 no answer from host, X.4.2 bad connection, X.4.7 delivery time expired',
  },
];
