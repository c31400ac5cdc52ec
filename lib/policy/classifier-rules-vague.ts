import { anyOf, type ClassifierRule } from './classifier-rule.ts';

const RECIPIENT =
  '(?:user|mailbox|mail box|recipient|rcpt(?: ?to)?|account|addressee|address|addresses|inbox|e-?mail address|destination)';

/** English that says something only when nothing clearer was said; the guarded ones before the general ones. */
export const VAGUE_RULES: readonly ClassifierRule[] = [
  {
    id: 'words.spoofing',
    pattern: /\b(?:anti-?)?spoof|\bimpersonat|\bforge(?:d|ry)\b/,
    reason: 'policy',
    evidence: 'Mimecast, "SMTP error codes": 550 rejected by anti-spoofing policy',
  },
  {
    id: 'words.content_policy',
    pattern: /\bcontent (?:\S{1,20} )?polic(?:y|ies)\b/,
    reason: 'policy',
    evidence: 'Mimecast, "SMTP error codes": 550 message bounced due to content examination policy',
  },
  {
    id: 'words.content',
    pattern: anyOf(
      '\\b(?:virus|viruses|malware|trojan|worm|infected|ransomware|phishing|phish|macro)\\b',
      '\\battach(?:ment|ments|ed file)s?\\b|\\bexecutable\\b|\\bfile ?(?:type|name|extension)s?\\b|\\bforbidden extension',
      '\\brfcs? ?\\d{3,4}\\b|\\brfc[- ]compl|\\bcompliant\\b|\\bnon-?compl',
      '\\bheaders?\\b|\\bmultiple (?:addresses|from)\\b|\\bmessage-id\\b|\\bfrom: (?:address|header|field)|\\bmissing (?:date|from|to|subject)\\b',
      '\\bmime\\b|\\bmalformed\\b|\\bbare (?:lf|cr|line|carriage)|\\bstray (?:lf|line)|\\bline (?:too long|length)|\\b(?:invalid|illegal|non-?ascii|8-?bit|eight[- ]bit) (?:char|data)|\\bcharset|\\bcharacter set|\\bencod(?:ing|ed-word)',
      '\\bsmtputf8\\b|\\b8bitmime\\b|\\bpotential security issue\\b',
      '\\b(?:message|mail|e-?mail|body|subject|inappropriate|unacceptable|banned|forbidden|objectionable|offensive|prohibited|illegal|suspicious|dangerous|its) (?:\\S{1,20} )?content\\b|\\bcontent (?:\\S{1,20} )?(?:reject|refus|den|block|not|violat|restrict|is|error|was)',
      '\\b(?:bad|banned|forbidden|blocked|prohibited|offensive) (?:word|subject|phrase|language|link|url)',
    ),
    reason: 'content',
    evidence: 'RFC 3463 X.6.0 to X.6.5, message content or media',
  },
  {
    id: 'words.spam',
    pattern: /\b(?:anti-?|d)?spam\b|\bunsolicited\b|\bjunk\b|\bbulk\b/,
    reason: 'spam',
    evidence: 'RFC 5321 section 7.9: refusing mail for local policy; the reply names spam',
  },
  {
    id: 'words.try_later',
    only: 'transient',
    pattern: anyOf(
      '\\b(?:try|retry) (?:again|later|your|the|in)|\\btemporar(?:y|ily)\\b|\\bcome back\\b|\\bplease retry\\b|\\btry later\\b',
      '\\bgr[ea]y[- ]?list|\\bdeferred\\b|\\bbusy\\b|\\bunavailable\\b|\\bnot available\\b',
    ),
    reason: 'temporary_problem',
    evidence: 'RFC 5321 section 4.2.1: 4yz, transient negative completion',
  },
  {
    id: 'words.refused_by_recipient',
    pattern: anyOf(
      '\\b(?:refused|rejected|blocked|declined|denied|refuses|restricted)(?: \\S{1,20}){0,2} (?:by|to|due to|because of) (?:the |this |our |its )?(?:\\S{1,20} )?(?:recipients?|user|addressee|preferences|owner|organi[sz]ation|administrator)\\b',
      "\\b(?:recipient|user|addressee|mailbox|account|owner)(?:'s)? (?:\\S{1,20} ){0,3}(?:refused|refuses|only accept|is only accepting|restricted|has (?:blocked|restricted)|prefer|is protected|not accepting|does not accept|doesn't accept|does not want)",
      '\\bnot accepting any mail\\b|\\buser reject|\\brefuses? to (?:receive|accept)\\b|\\b(?:account|address) is protected\\b',
    ),
    reason: 'policy',
    evidence: 'RFC 3463 X.7.1 delivery not authorized, message refused',
  },
  {
    id: 'words.policy',
    pattern: anyOf(
      'polic(?:y|ies)\\b',
      '\\badministrat\\w{0,8} prohibit|\\bprohibit(?:ed|ion|s)?\\b|\\bforbidden\\b|\\brestricted\\b|\\brestriction',
      '\\bdelivery not authori[sz]ed|\\b(?:message|mail|e-?mail)(?: \\S{10,64})? (?:was |is |has been )?(?:refused|rejected|not allowed|not accepted|blocked|denied)\\b',
      '\\bsecurity (?:reason|violation|issue|rule|setting)',
      '\\b(?:moderated|members?[- ]only|closed (?:mailing )?list|not subscribed|non-?member|not a member)\\b',
      '\\bbounced by (?:\\S{1,10} )?administrator\\b|\\b(?:organi[sz]ational|recipient|user|account) settings\\b',
      '\\bexternal (?:senders?|mail|e-?mail|addresses)\\b|\\bcaptcha\\b|\\bchallenge\\b|\\bgo away\\b|\\bnot welcome\\b|\\bmail (?:data )?refused\\b|\\bno permit\\b',
    ),
    reason: 'policy',
    evidence: 'RFC 3463 X.7.1 and X.7.2; Mimecast, Proofpoint and Apple postmaster pages on local policy',
  },
  {
    id: 'words.recipient_access',
    pattern: /\brecipient address(?:es)? rejected: access denied/,
    reason: 'policy',
    evidence: 'Postfix, check_recipient_access: REJECT without a text of its own',
  },
  {
    id: 'words.recipient_refused_by_rule',
    status: /\b[45]\.7\.\d{1,3}\b/,
    pattern: /\brecipient address(?:es)? rejected\b/,
    reason: 'policy',
    evidence:
      'Postfix, access(5): a REJECT with a text of its own answers 5.7.1; unlisted recipients answer 5.1.1',
  },
  {
    id: 'words.unverified_recipient',
    only: 'transient',
    pattern: /\bunverified address\b|\bverification (?:in progress|failed)/,
    reason: 'temporary_problem',
    evidence: 'Postfix, unverified_recipient_reject_code: 450 while the address is being probed',
  },
  {
    id: 'words.mailbox_unavailable',
    only: 'permanent',
    pattern: anyOf(
      '\\b(?:mailbox|mail box|account|address|recipient|user)(?: name)? (?:is |was )?(?:\\S{1,20} )?(?:unavailable|not available|unavaiable|unreachable|undeliverable|unroutable)\\b',
      `\\b(?:invalid|illegal|bad|incorrect|undeliverable|ambiguous) (?:\\S{1,20} )?${RECIPIENT}\\b`,
      `\\b${RECIPIENT}(?: \\S{1,64})? (?:is |was |are |were )?(?:invalid|incorrect|not valid|not correct|illegal|undeliverable|ambiguous|wrong|not ok)\\b`,
      '\\b(?:recipient|rcpt|addressee|address|addresses|mailbox)(?: address| name)?(?: \\S{1,64})? (?:is |was |has been |are )?(?:rejected|refused|not accepted|denied)\\b',
      '\\b(?:cannot|could not|unable to) verify (?:the )?(?:user|recipient|mailbox)\\b|\\b(?:user|recipient|address) not unique\\b',
      '\\bmailbox (?:name |is )?not allowed\\b|\\bnot accepted for delivery\\b|\\bdestination server rejected recipients',
      "\\bno mailbox\\b|\\bno mail box\\b|\\bno account\\b|\\bdoes not exist\\b|\\bdoesn't exist\\b|\\bnot exist\\b",
    ),
    reason: 'unknown_user',
    evidence: 'RFC 5321 section 4.2.3: 550 mailbox unavailable (not found), 553 mailbox name not allowed',
  },
  {
    id: 'words.access_denied',
    pattern: anyOf(
      '\\baccess[- ](?:is |was )?(?:denied|refused|not allowed)\\b|\\bdenied\\b|\\bblocked\\b|\\bbanned\\b',
      '\\bnot (?:be )?(?:authori[sz]ed|permitted|allowed|accepted|authenticated)\\b|\\bunauthori[sz]ed\\b|\\bno permission\\b',
      '\\bclient host rejected\\b',
    ),
    reason: 'policy',
    evidence: 'RFC 3463 X.7.1 delivery not authorized, message refused',
  },
  {
    id: 'words.protocol',
    pattern: anyOf(
      '\\b(?:bad|improper|wrong|invalid|out of) (?:command )?sequence|\\bout of order\\b|\\bsend hello first|\\bpolite people\\b',
      '\\bcommand (?:\\S{1,20} ){0,2}(?:not|unrecogni|unknown|rejected|reject|unimplemented|syntax)|\\b(?:unrecogni[sz]ed|unknown|unimplemented|invalid|bad) command|\\bprotocol (?:error|violation)',
      '\\bsyntax error\\b|\\bneed (?:mail|rcpt|helo)\\b',
      '\\b(?:incorrectly|mis-?)configur|\\bconfiguration error|\\bconfig error|\\bserver configuration|\\bprocmail\\b|\\bmailer (?:error|failure)',
      "\\btransaction failed\\b|\\bcommand died\\b|\\blocal delivery failed\\b|\\bchild process\\b|\\bcan'?t create (?:user )?output|\\bdelivery agent|\\bmailing list expansion",
    ),
    reason: 'mailbox_misconfiguration',
    evidence: 'RFC 3463 X.3.5 system incorrectly configured, X.5.1 invalid command, X.5.2 syntax error',
  },
  {
    id: 'words.passing_fault',
    pattern: anyOf(
      '\\btemporar(?:y|ily)\\b|\\b(?:try|retry) (?:again )?later\\b|\\btry again\\b|\\bgr[ea]y[- ]?list|\\bdeferred\\b',
      '\\b(?:internal|local|system|server|ldap|database|i/o|queue file|disk|backend|software|processing|upstream)(?: \\S{1,20})? (?:error|failure|problem|fault)\\b|\\berror in processing\\b',
      '\\b(?:insufficient|not enough|not have enough|low|out of|lack of|no) (?:\\S{1,20} )?(?:system |server |disk )?(?:storage|resources?|memory|space|disk)\\b|\\b(?:disk|spool|file ?system)(?: space)? (?:is )?full\\b',
      '\\b(?:server|system|service|host|agent)(?: \\S{1,20}){0,3} (?:busy|unavailable|not available|overloaded|shutting down|down|not ready|not active|under maintenance)\\b|\\bmaintenance\\b|\\boverload',
      '\\bnot accepting (?:network )?(?:messages|mail|connections)|\\bno (?:smtp )?service\\b|\\bback ?pressure\\b',
    ),
    reason: 'temporary_problem',
    evidence: 'RFC 3463 X.3.1 mail system full, X.3.2 not accepting messages, X.4.5 congestion',
  },
];
