/** The words of the policy in Polish. */
export const PL_POLICY = {
  'reason.unknown_user': 'Skrzynka nie istnieje',
  'reason.mailbox_inactive': 'Skrzynka nieużywana',
  'reason.mailbox_full': 'Skrzynka pełna',
  'reason.dns_failure': 'Domena nieosiągalna',
  'reason.content': 'Odrzucona forma wiadomości',
  'reason.spam': 'Uznano za spam',
  'reason.policy': 'Zablokowane przez zasady odbiorcy',
  'reason.mailbox_misconfiguration': 'Błąd systemu pocztowego odbiorcy',
  'reason.timeout': 'Odbiorca nie odpowiedział',
  'reason.message_too_large': 'Wiadomość za duża',
  'reason.authentication': 'Nadawca nieuwierzytelniony',
  'reason.reputation': 'Brak zaufania do nadawcy',
  'reason.throttled': 'Wysyłka zbyt szybka',
  'reason.temporary_problem': 'Przejściowy błąd',
  'reason.other': 'Powód nierozpoznany',
  'reason.complaint': 'Zgłoszone jako spam',
  'reason.shared_complaint': 'Być może zgłoszone jako spam',

  'meaning.unknown_user': 'Skrzynka nie istnieje, została przeniesiona albo adres jest błędny.',
  'meaning.mailbox_inactive': 'Skrzynka jest wyłączona, zawieszona albo porzucona.',
  'meaning.mailbox_full': 'Skrzynka przekroczyła swój limit miejsca.',
  'meaning.dns_failure': 'Domena adresu jest nieznana, nie przyjmuje poczty albo jest nieosiągalna.',
  'meaning.content': 'Odbiorca odrzucił formę wiadomości: załącznik, wirus, błędnie zbudowana część.',
  'meaning.spam': 'Odbiorca uznał wiadomość za niezamówioną ze względu na jej treść.',
  'meaning.policy': 'Wiadomość odrzuciła reguła po stronie odbiorcy.',
  'meaning.mailbox_misconfiguration':
    'Zawodzi system pocztowy odbiorcy: odmawia przekazania poczty, zapętla ją albo łamie protokół.',
  'meaning.timeout': 'Odbiorca nie odpowiedział albo wiadomość przeterminowała się w kolejce.',
  'meaning.message_too_large': 'Wiadomość jest większa, niż odbiorca przyjmuje.',
  'meaning.authentication': 'Wiadomość nie przeszła SPF, DKIM lub DMARC albo brakuje jej odwrotnego DNS.',
  'meaning.reputation':
    'Odbiorca nie ufa adresowi IP lub domenie nadawcy albo znajduje je na liście blokującej.',
  'meaning.throttled': 'Odbiorca przyjmuje pocztę wolniej, niż była wysyłana.',
  'meaning.temporary_problem': 'Błąd po stronie odbiorcy, który mija.',
  'meaning.other': 'Odpowiedź odbiorcy nie podaje powodu, który zna Rebound.',
  'meaning.complaint': 'Odbiorca zgłosił wiadomość jako spam.',
  'meaning.shared_complaint':
    'Jeden z kilku odbiorców wiadomości zgłosił ją jako spam; zgłoszenie nie mówi który.',

  'advice.unknown_user': 'Poproś kontakt o aktualny adres; poprawiony adres zaczyna od nowa.',
  'advice.mailbox_inactive': 'Poproś kontakt o adres, którego używa.',
  'advice.mailbox_full':
    'Skontaktuj się w inny sposób; skrzynka, która pozostaje pełna, jest zwykle porzucona.',
  'advice.dns_failure':
    'Zanim odblokujesz, sprawdź, czy w domenie nie ma literówki i czy jej rekord MX działa.',
  'advice.content': 'Zanim odblokujesz, popraw wiadomość (załączniki, odnośniki, strukturę MIME).',
  'advice.spam': 'Zanim odblokujesz, zmień treść i upewnij się, że kontakt chce tej poczty.',
  'advice.policy': 'Zanim odblokujesz, poproś administratora domeny odbiorcy, aby dopuścił twoje wiadomości.',
  'advice.mailbox_misconfiguration':
    'Powiedz kontaktowi, że jego system odrzuca pocztę; odblokuj, gdy zostanie naprawiony.',
  'advice.timeout':
    'Poczekaj: blokada skończy się sama. Odblokuj tylko wtedy, gdy wiesz, że odbiorca znowu działa.',
  'advice.message_too_large': 'Wyślij mniejszą wiadomość; do dużych plików podaj odnośnik.',
  'advice.authentication': 'Popraw rekordy SPF, DKIM i DMARC domeny, z której wysyłasz.',
  'advice.reputation':
    'Sprawdź listę blokującą, którą podaje odpowiedź, i obniż swoje wskaźniki odbić i skarg.',
  'advice.throttled': 'Wysyłaj wolniej do tego odbiorcy.',
  'advice.temporary_problem': 'Nic nie trzeba robić; następna wysyłka spróbuje znowu.',
  'advice.other': 'Przeczytaj słowa odbiorcy; odblokuj, jeśli nie świadczą przeciw adresowi.',
  'advice.complaint': 'Nie wysyłaj więcej do tej osoby.',
  'advice.shared_complaint': 'Zanim odblokujesz, upewnij się, że ten odbiorca chce twojej poczty.',

  'code.hard_bounce': 'Odbity wcześniej',
  'code.complaint': 'Zgłoszono jako spam',
  'code.global_bounce': 'Martwy dla wszystkich kont',
  'code.ses_suppressed': 'Zablokowany przez Amazon SES',
  'code.invalid_address': 'To nie jest adres',
  'code.duplicate': 'Powtórzony na liście',
  'code.repeated_soft_bounces': 'Zbyt wiele miękkich odbić',

  'layer.own': 'To konto',
  'layer.global': 'Wszystkie konta razem',
  'layer.sesAccountList': 'Amazon SES, lista tego konta AWS',
  'layer.sesGlobalList': 'Amazon SES, lista dla wszystkich klientów',
  'layer.sesValidation': 'Amazon SES, sprawdzanie adresów',
  'layerState.clear': 'Nie blokuje',
  'layerState.pending': 'Poproszono o usunięcie',
  'layerState.blocked': 'Blokuje',
  'layerState.unknown': 'Nie wiadomo',

  'above.global.meaning': 'Kilka kont stwierdziło, że skrzynka jest martwa.',
  'above.global.advice': 'Poproś kontakt o inny adres; ten może zwolnić tylko operator.',
  'above.pending.meaning': 'Trwa prośba do SES o usunięcie adresu z listy jego konta.',
  'above.pending.advice': 'Poczekaj, aż SES to potwierdzi.',
  'above.sesAccountList.meaning': 'Adres jest na liście SES dla tego konta AWS po twardym odbiciu.',
  'above.sesAccountList.advice': 'Odblokuj adres, gdy kontakt potwierdzi, że jest prawidłowy.',
  'above.sesGlobalList.meaning': 'Adres był na liście SES wspólnej dla wszystkich jego klientów.',
  'above.sesGlobalList.advice':
    'Nikt nie może tego znieść; blokada skończy się sama 14 dni po tym, jak SES ją zgłosił.',
  'above.sesValidation.meaning': 'SES uznał adres za nieprawidłowy i nic do niego nie wysłał.',
  'above.sesValidation.advice':
    'Odblokuj adres, gdy kontakt potwierdzi, że jest prawidłowy; w przeciwnym razie blokada skończy się sama 30 dni po zgłoszeniu przez SES.',
  'above.complaint.meaning': 'Adres jest na liście SES dla tego konta AWS po skardze.',

  'refusal.one_address_only': 'Jeden adres naraz',
  'refusal.one_address_only.help': 'Odblokuj każdy adres osobno.',
  'refusal.confirmation_required': 'Nikt nie potwierdził, że adres jest prawidłowy',
  'refusal.confirmation_required.help': 'Zapytaj kontakt, a potem zaznacz pole.',
  'refusal.not_suppressed': 'Nie ma czego odblokować',
  'refusal.not_suppressed.help':
    'Nic już nie blokuje tego adresu albo SES został już poproszony o usunięcie go ze swojej listy.',
  'refusal.global_bounce': 'Skrzynka jest martwa dla wszystkich kont',
  'refusal.global_bounce.help':
    'Stwierdziło to kilka kont. Poproś kontakt o inny adres; ten może zwolnić tylko operator.',
  'refusal.reason_not_unbounceable': 'Z tego powodu nigdy się nie odblokowuje',
  'refusal.reason_not_unbounceable.help': 'Co pomoże zamiast tego, mówi powód powyżej.',
  'refusal.already_unbounced_once': 'Adres miał już swoją jedyną drugą szansę',
  'refusal.already_unbounced_once.help':
    'Adres odblokowuje się tylko raz. Pomóc może jedynie zwolnienie przez operatora.',
  'refusal.sending_identity_not_connected': 'Nie podłączono zweryfikowanej domeny nadawcy',
  'refusal.sending_identity_not_connected.help':
    'Zweryfikuj domenę lub adres w Amazon SES, a potem poproś operatora o podłączenie go do tego konta.',
  'refusal.quota_exhausted': 'Limit odblokowań w tym miesiącu jest wyczerpany',
  'refusal.quota_exhausted.help': 'Znowu możesz odblokowywać od {date}.',
} as const;
