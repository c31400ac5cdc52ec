import { anyOf, type ClassifierRule } from './classifier-rule.ts';
import type { Reason } from './reason.ts';

const MEANINGS = {
  unknown_user: 'RFC 3463 X.1.1 bad destination mailbox address',
  mailbox_inactive: 'RFC 3463 X.2.1 mailbox disabled',
  mailbox_full: 'RFC 3463 X.2.2 mailbox full',
  reputation: 'RFC 6471, block lists',
  throttled: 'RFC 3463 X.4.5 congestion',
  policy: 'RFC 3463 X.7.1 message refused',
  spam: 'RFC 5321 section 7.9, local policy',
  temporary_problem: 'RFC 5321 section 4.2.1: 4yz',
} as const satisfies Partial<Record<Reason, string>>;

const FEW = '(?: \\S{1,64}){0,4}';

const german = language('de', 'German');
const french = language('fr', 'French');
const spanish = language('es', 'Spanish');
const portuguese = language('pt', 'Portuguese');
const italian = language('it', 'Italian');
const dutch = language('nl', 'Dutch');
const polish = language('pl', 'Polish');
const czech = language('cs', 'Czech and Slovak');
const nordic = language('nordic', 'Swedish, Danish, Norwegian and Finnish');
const hungarian = language('hu', 'Hungarian');
const turkish = language('tr', 'Turkish');
const russian = language('ru', 'Russian and Ukrainian');
const japanese = language('ja', 'Japanese');
const chinese = language('zh', 'Chinese');
const korean = language('ko', 'Korean');

/** What is said in other languages than English; the sender's faults first within each. */
export const LANGUAGE_RULES: readonly ClassifierRule[] = [
  german('policy', `\\babsender\\S{0,10}${FEW} (?:abgelehnt|unbekannt|nicht|ungultig|ungueltig|gesperrt)`),
  german(
    'reputation',
    `\\b(?:ip|ip-adresse|server|mailserver|domain)${FEW} (?:gesperrt|blockiert|geblockt)\\b`,
    '\\b(?:schwarzen? liste|sperrliste)\\b',
  ),
  german(
    'mailbox_full',
    `\\b(?:postfach|mailbox|speicherplatz|speicher|konto|quota|kontingent)${FEW} (?:voll|uberschritten|ueberschritten|erschopft|erschoepft|uberfullt|ueberfuellt|belegt)\\b`,
  ),
  german('spam', '\\b(?:als spam|spam-?verdacht|unerwunschte|unerwuenschte)\\b'),
  german(
    'unknown_user',
    `\\b(?:empfanger|empfaenger|benutzer|adressat|adresse|postfach|mailbox|konto|e-?mail-?adresse|empfangeradresse)${FEW} (?:unbekannt|nicht bekannt|nicht gefunden|existiert nicht|nicht vorhanden|ungultig|ungueltig|gibt es nicht)\\b`,
    '\\bunbekannter? (?:empfanger|empfaenger|benutzer|adressat|adresse)|\\bexistiert nicht\\b',
    '\\bkein(?:e|en|em)? (?:solche[rns]? )?(?:benutzer|postfach|empfanger|empfaenger|mailbox)\\b',
  ),
  german(
    'mailbox_inactive',
    `\\b(?:konto|postfach|benutzer|adresse|mailbox|account|empfanger|empfaenger)${FEW} (?:deaktiviert|gesperrt|inaktiv|geschlossen|stillgelegt|gekundigt|nicht mehr (?:aktiv|gultig|gueltig|erreichbar|verwendet))\\b`,
  ),
  german('temporary_problem', '\\b(?:spater|spaeter) (?:erneut|noch ?mal|wieder)|\\bvor(?:u|ue)bergehend\\b'),

  french('policy', `\\b(?:emetteur|expediteur)${FEW} (?:invalide|refuse|inconnu|rejete|non)\\b`),
  french(
    'reputation',
    `\\b(?:adresse ip|votre ip|votre serveur|votre domaine)${FEW} (?:bloquee?|refusee?|blacklistee?)\\b`,
    '\\bliste noire\\b|\\b(?:bloques?|bloquees?) par (?:nos|notre)\\b|\\bincident de spam\\b',
  ),
  french('throttled', '\\btrop de (?:connexions?|messages|destinataires|courriels|mails)\\b'),
  french(
    'mailbox_full',
    `\\b(?:boite|messagerie|compte)${FEW} (?:pleine?|saturee?)\\b`,
    `\\bquota${FEW} (?:depasse|atteint)|\\bespace${FEW} insuffisant`,
  ),
  french(
    'spam',
    '\\b(?:comme|pour) (?:du )?spam\\b|\\b(?:courrier|message|mail) indesirable\\b|\\bpourriel\\b',
  ),
  french(
    'unknown_user',
    `\\b(?:utilisateur|destinataire|adresse|compte|boite)${FEW} (?:inconnue?|inexistante?|n'existe (?:pas|plus)|introuvable|invalide|non trouvee?)\\b`,
    "\\bn'existe (?:pas|plus)\\b",
  ),
  french(
    'mailbox_inactive',
    `\\b(?:compte|boite|adresse|utilisateur)${FEW} (?:desactivee?|suspendue?|bloquee?|fermee?|inactive?|archivee?|resiliee?|cloturee?)\\b`,
  ),
  french('temporary_problem', '\\b(?:re)?essaye[rz](?: \\S{1,20})? plus tard\\b|\\btemporairement\\b'),

  spanish('policy', `\\bremitente${FEW} (?:rechazad|desconocid|bloquead|no|invalid)`),
  spanish(
    'reputation',
    `\\b(?:ip|direccion ip|servidor|dominio)${FEW} (?:bloquead|rechazad|listad)[oa]\\b|\\blistas? negras?\\b`,
  ),
  spanish(
    'mailbox_full',
    `\\b(?:buzon|casilla|cuenta|bandeja)${FEW} (?:llen[oa]|excedid[oa]|sin espacio)\\b`,
    `\\bcuota${FEW} (?:excedida|superada|llena)\\b|\\bexced(?:e|ido)${FEW} (?:cuota|espacio)\\b|\\bespacio insuficiente\\b`,
  ),
  spanish('spam', '\\bcorreo (?:no deseado|basura)\\b|\\b(?:como|considerado) spam\\b'),
  spanish(
    'unknown_user',
    `\\b(?:usuario|destinatario|buzon|cuenta|direccion|casilla)${FEW} (?:desconocid[oa]|no existe|inexistente|no encontrad[oa]|no valid[oa]|invalid[oa]|no es valid[oa])\\b`,
    '\\bno existe (?:\\S{1,10} )?(?:usuario|cuenta|buzon|persona|casilla|destinatario)\\b|\\bdestinatario no\\b',
  ),
  spanish(
    'mailbox_inactive',
    `\\b(?:cuenta|usuario|buzon|direccion|casilla)${FEW} (?:deshabilitad|desactivad|suspendid|inactiv|bloquead|cancelad|cerrad)[oa]\\b`,
  ),
  spanish('temporary_problem', '\\bmas tarde\\b|\\btemporalmente\\b|\\brechazo temporal\\b'),

  portuguese('policy', `\\bremetente${FEW} (?:rejeitad|desconhecid|bloquead|nao|invalid)`),
  portuguese(
    'reputation',
    `\\b(?:ip|endereco ip|servidor|dominio)${FEW} (?:bloquead|rejeitad|listad)[oa]\\b`,
  ),
  portuguese(
    'mailbox_full',
    `\\bcaixa${FEW} (?:cheia|lotada)\\b|\\b(?:cota|quota)${FEW} excedid[oa]\\b|\\bsem espaco\\b`,
  ),
  portuguese(
    'unknown_user',
    `\\b(?:usuario|destinatario|conta|caixa|endereco|utilizador)${FEW} (?:desconhecid[oa]|nao existe|inexistente|nao (?:foi )?encontrad[oa]|invalid[oa])\\b`,
    '\\bnao existe\\b',
  ),
  portuguese(
    'mailbox_inactive',
    `\\b(?:conta|usuario|caixa|endereco)${FEW} (?:desativad|suspens|inativ|bloquead|cancelad|desabilitad)[oa]\\b`,
  ),
  portuguese('temporary_problem', '\\bmais tarde\\b|\\btemporariamente\\b'),

  italian('policy', `\\bmittente${FEW} (?:rifiutat|sconosciut|bloccat|non|invalid)`),
  italian(
    'reputation',
    `\\b(?:ip|indirizzo ip|server|dominio)${FEW} (?:bloccat|rifiutat)[oa]\\b|\\blista nera\\b`,
  ),
  italian(
    'mailbox_full',
    `\\bcasella${FEW} piena\\b|\\bquota${FEW} superat[oa]\\b|\\bspazio${FEW} (?:esaurito|insufficiente)\\b`,
  ),
  italian(
    'unknown_user',
    `\\b(?:utente|destinatario|casella|indirizzo|account)${FEW} (?:sconosciut[oa]|inesistente|non esiste|non (?:e )?valid[oa]|non trovat[oa])\\b`,
    '\\bnessun utente\\b|\\bnon esiste\\b',
  ),
  italian(
    'mailbox_inactive',
    `\\b(?:casella|utente|account|indirizzo)${FEW} (?:disabilitat|disattivat|sospes|inattiv|bloccat|chius|scadut|non piu attiv)[oa]\\b`,
  ),
  italian('temporary_problem', '\\bpiu tardi\\b|\\btemporaneamente\\b'),

  dutch('mailbox_full', `\\b(?:mailbox|postbus|postvak)${FEW} vol\\b|\\bquot(?:a|um)${FEW} overschreden\\b`),
  dutch(
    'unknown_user',
    `\\b(?:gebruiker|ontvanger|adres|e-?mailadres|mailbox|postbus)${FEW} (?:onbekend|bestaat niet|niet gevonden|ongeldig)\\b`,
    '\\bonbekende (?:gebruiker|ontvanger)\\b|\\bbestaat niet\\b',
  ),
  dutch(
    'mailbox_inactive',
    `\\b(?:account|mailbox|gebruiker|adres)${FEW} (?:uitgeschakeld|geblokkeerd|opgeheven|inactief|gedeactiveerd|opgezegd|afgesloten)\\b`,
  ),

  polish(
    'mailbox_full',
    `\\bskrzynka${FEW} (?:pe[lł]na|przepe[lł]niona)\\b|\\bprzekroczon[aoy]${FEW} (?:limit|quota|pojemnosc)`,
  ),
  polish(
    'unknown_user',
    `\\b(?:uzytkownik|adresat|odbiorca|skrzynka|konto|adres)${FEW} (?:nieznan[ya]|nie istnieje|nie zosta[lł]\\S? znalezion\\S)\\b`,
    '\\bnieznany (?:odbiorca|uzytkownik|adresat)\\b|\\bnie ma takiego\\b|\\bnie istnieje\\b',
  ),
  polish(
    'mailbox_inactive',
    `\\b(?:konto|skrzynka|uzytkownik)${FEW} (?:zablokowan|nieaktywn|wy[lł]aczon|zawieszon)[aey]`,
  ),

  czech(
    'mailbox_full',
    `\\bschranka${FEW} (?:plna|preplnena)\\b|\\bprekrocen[ao]?${FEW} kvota\\b|\\bkvota${FEW} prekrocena\\b`,
  ),
  czech(
    'unknown_user',
    `\\b(?:uzivatel|adresat|prijemce|schranka|ucet|adresa)${FEW} (?:neexistuje|nenalezena?|neznam[ya])\\b`,
    '\\bneznamy (?:uzivatel|prijemce|adresat)\\b|\\bneexistuje\\b',
  ),
  czech(
    'mailbox_inactive',
    `\\b(?:ucet|schranka|uzivatel)${FEW} (?:zablokovan|zrusen|neaktivn|pozastaven)[aiy]?\\b`,
  ),

  nordic(
    'mailbox_full',
    '\\b(?:postlada|brevlada|postkasse|postboks|innboks|indbakke|inkorg)(?:n|en)?(?: \\S{1,20}){0,2} (?:full|fuld|fullt)\\b',
    '\\bpostilaatikko on taynna\\b',
  ),
  nordic(
    'unknown_user',
    `\\b(?:anvandare|mottagare|bruger|modtager|bruker|mottaker|adresse?n?|konto)(?:n|en|en)?${FEW} (?:finns (?:inte|ej)|okand|findes ikke|ukendt|ukjent|finnes ikke|eksisterer ikke|existerar inte)\\b`,
    '\\b(?:okand|ukendt|ukjent) (?:anvandare|mottagare|bruger|modtager|bruker|mottaker)\\b',
    '\\btuntematon (?:vastaanottaja|kayttaja)\\b|\\b(?:kayttajaa|vastaanottajaa) ei\\b',
  ),
  nordic(
    'mailbox_inactive',
    `\\b(?:konto\\S{0,2}|bruger\\S{0,2}|bruker\\S{0,2}|brevladan?)${FEW} (?:avstangd|sparrad|lukket|sperret|stengt|deaktiver\\S{1,2}|avslutat)\\b`,
  ),

  hungarian('mailbox_full', '\\bpostafi?o?k(?:ja)? (?:\\S{1,20} )?(?:megtelt|tele)\\b'),
  hungarian(
    'unknown_user',
    '\\bismeretlen (?:cimzett|felhasznalo|cim)\\b|\\bnincs ilyen (?:felhasznalo|cimzett|postafiok|cim)\\b|\\bnem letez(?:o|ik)\\b',
  ),

  turkish('mailbox_full', `\\bposta kutusu${FEW} dolu|\\bkota\\S{0,3}${FEW} (?:as[iı]ld[iı]|doldu|dolu)`),
  turkish(
    'unknown_user',
    `\\b(?:kullan[iı]c[iı]|al[iı]c[iı]|posta kutusu|adres|hesap)${FEW} (?:bulunamad[iı]|bilinmiyor|mevcut degil|yok|gecersiz)`,
    '\\bbilinmeyen (?:kullan|al)[iı]c[iı]|\\bboyle bir kullan',
  ),
  turkish(
    'mailbox_inactive',
    `\\b(?:hesap|hesab[iı]|kullan[iı]c[iı]|posta kutusu)${FEW} (?:devre d[iı]s[iı]|ask[iı]ya|kapat[iı]ld[iı]|pasif)`,
  ),

  russian(
    'reputation',
    '(?:ip|сервер|адрес отправителя|домен)(?: \\S{1,40}){0,3} заблокирован|черн(?:ом|ый) спис',
    'чорн(?:ому|ий) спис',
  ),
  russian(
    'mailbox_full',
    'ящик(?: \\S{1,64}){0,3} (?:переполнен|заполнен)',
    'превышен\\S{0,2} (?:\\S{1,20} ){0,2}(?:квот|размер|объем)',
    'скриньк\\S (?:\\S{1,20} )?переповнен',
  ),
  russian('spam', 'спам(?!\\S)|спамом|подозрени\\S{1,2} (?:на|в) спам'),
  russian(
    'unknown_user',
    '(?:пользовател|адресат|получател|ящик|адрес|аккаунт|користувач|одержувач)\\S{0,4}(?: \\S{1,64}){0,3} (?:не существует|не найден|неизвест|не зарегистрирован|не знайден|не існує)',
    'нет такого|такого (?:пользователя|адресата|ящика) нет|не существует|немає такого',
  ),
  russian(
    'mailbox_inactive',
    '(?:ящик|пользовател|аккаунт|учетная запись|адрес|скриньк)\\S{0,3}(?: \\S{1,64}){0,3} (?:заблокирован|отключен|неактив|удален|заморожен|заблокован)',
  ),
  russian(
    'temporary_problem',
    'попробуйте (?:\\S{1,20} )?позже|повторите (?:\\S{1,20} )?(?:позже|попытку)|временно',
  ),

  japanese(
    'mailbox_full',
    '(?:メールボックス|受信箱|容量|保存領域).{0,15}(?:いっぱい|一杯|満杯|超過|超え|オーバー)',
  ),
  japanese('spam', '迷惑メール|スパム'),
  japanese('policy', '受信(?:を)?拒否|拒否(?:しました|され)'),
  japanese(
    'unknown_user',
    '(?:ユーザ|宛先|受信者|アドレス|アカウント|メールボックス).{0,20}(?:存在し|見つかり|不明|ありません|ございません)',
    '宛先不明|該当(?:する)?ユーザ',
  ),
  japanese(
    'mailbox_inactive',
    '(?:アカウント|メールボックス|ご?利用|アドレス).{0,15}(?:停止|無効|解約|凍結)',
  ),

  chinese('mailbox_full', '(?:邮箱|郵箱|信箱|空间|空間|容量).{0,10}(?:已满|已滿|超出|不足|超过|超過)'),
  chinese('throttled', '频率|頻率|过于频繁|過於頻繁|发送过快'),
  chinese('spam', '垃圾(?:邮件|郵件|信)'),
  chinese(
    'unknown_user',
    '(?:用户|用戶|使用者|收件人|邮箱|郵箱|信箱|帐号|账号|帳號|账户|地址).{0,20}(?:不存在|未找到|找不到|无效|無效|不正确)',
    '查无此人|查無此人|无此用户|無此用戶|無此帳號|没有此用户',
  ),
  chinese(
    'mailbox_inactive',
    '(?:用户|邮箱|郵箱|帐号|账号|帳號|信箱).{0,10}(?:停用|禁用|冻结|凍結|注销|锁定|暂停|停權)',
  ),

  korean('mailbox_full', '(?:용량|메일함|편지함|쿼터).{0,10}(?:초과|가득|부족)'),
  korean('spam', '스팸'),
  korean(
    'unknown_user',
    '(?:사용자|수신자|받는 ?사람|계정|메일 ?주소|주소).{0,20}(?:없는|없습|존재하지|찾을 수)',
    '존재하지 않',
  ),
  korean('mailbox_inactive', '휴면|(?:계정|사용자|메일).{0,10}(?:정지|중지|비활성|해지)'),
];

function language(code: string, name: string) {
  return (reason: keyof typeof MEANINGS, ...phrases: string[]): ClassifierRule => ({
    id: `words.${reason}.${code}`,
    pattern: anyOf(...phrases),
    reason,
    evidence: `${MEANINGS[reason]}, said in ${name}`,
  });
}
