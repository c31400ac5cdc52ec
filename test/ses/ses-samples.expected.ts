/**
 * What each file of `../shared/ses-samples` should come to: an effect per recipient in the order of the file, then
 * the refusals. Written from the Amazon SES Developer Guide ("Amazon SNS notification contents", "Event data
 * contents") and docs/notifications.md, not from what the code answers.
 */
export const EXPECTED_OF_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  '007-awsdocs-event-sns-complaint-record.json': ['complaint permanent'],
  '011-awsdocs-event-sns-open-record.json': ['nothing Open'],
  '016-awsdocs-fragment-mail-object.json': ['refused not_a_notification'],
  '022-fxrelay-hard-bounce.json': ['mark sesAccountList bounce'],
  // Permanent/General: all three bounced, whatever the destination says.
  '025-fxaemail-array3.json': [
    'unknown_user permanent',
    'unknown_user permanent',
    'unknown_user permanent',
    'complaint permanent',
    'delivery',
  ],
  // An escape was cut in two when the addresses were replaced: `\u` and no digits, so no JSON any more.
  '026-mailcoach-bounce.json': ['refused not_json'],
  '029-mailcoach-click.json': ['nothing Click'],
  '031-laravelses-bounce.json': ['unknown_user permanent'],
  '033-keila-bounce-signed.json': ['unknown_user permanent'],
  '034-keila-subscription-confirmation.json': ['nothing SubscriptionConfirmation'],
  '035-feeld-bounce.json': ['unknown_user permanent'],
  '036-feeld-ooto-transient-general.json': ['nothing auto_reply'],
  '037-feeld-suppressed.json': ['mark sesGlobalList bounce'],
  '038-feeld-complaint.json': ['complaint permanent'],
  '043-phrase-bounce-min.json': ['unknown_user permanent'],
  '044-phrase-complaint-min.json': ['complaint permanent'],
  // A hard bounce, and nobody said why: Permanent/General without a DSN.
  '045-cru-bounce-2rcpt.json': ['other permanent', 'other permanent'],
  '052-sisimai-02-bounce-sns.json': ['unknown_user permanent'],
  '053-sisimai-03-complaint.json': ['complaint permanent'],
  '055-sisimai-05-delivery-before-complaint.json': ['delivery'],
  '056-sisimai-06-bounce-redacted.json': ['unknown_user permanent'],
  '057-powertools-sqs-sns-body.json': ['refused not_a_notification'],
  '060-powertools-ses-inbound.json': ['refused not_a_notification'],
  '064-smoketurner-event-delivery-delay.json': ['nothing DeliveryDelay'],
  '066-smoketurner-event-open.json': ['nothing Open'],
  '069-smoketurner-event-send.json': ['nothing Send'],
  '072-smoketurner-notification-bounce-no-dsn.json': ['other permanent', 'other permanent'],
  '073-smoketurner-notification-complaint-feedback.json': ['complaint permanent'],
  '076-smoketurner-received-sns-action.json': ['nothing Received'],
  '081-courtlistener-hard-bounce.json': ['unknown_user permanent'],
  // SES's subtype names the reason, the class of the reply code the permanence.
  '082-courtlistener-mail-box-full-soft-bounce.json': ['mailbox_full permanent'],
  '084-courtlistener-no-bounce.json': ['nothing auto_reply'],
  '091-djangoses-mock-delivery-fragment.json': ['refused not_a_notification'],
  '093-alphagov-ses-complaint-callback-with-missing-complaint-type.json': ['complaint permanent'],
  '094-alphagov-ses-complaint-callback.json': ['complaint permanent'],
  '095-alphagov-ses-notification-callback.json': ['delivery'],
  // "Messages" is no member of SNS's envelope.
  '097-cds-snc-ses-complaint-account-suppression-list-callback-with-missing.json': [
    'refused not_a_notification',
  ],
  '102-anymail-delivery-event.json': ['delivery'],
  '103-anymail-send-event.json': ['nothing Send'],
  '105-anymail-open-event.json': ['nothing Open'],
  '106-anymail-click-event.json': ['nothing Click'],
  '110-anymail-unsubscribe-confirmation.json': ['nothing UnsubscribeConfirmation'],
  '112-actionpopulaire-bounce.json': ['unknown_user permanent'],
  '113-mautic-payload-0.json': ['refused not_json'],
  '121-mautic-textplain-1.json': ['complaint permanent'],
  '127-dittofeed-mailboxfull-gmail-overquota.json': ['refused not_json'],
  '130-sisimai-eml09-snsemail.json': ['refused not_json'],
  '133-moto-complaint-fragment.json': ['refused not_a_notification'],
  '134-moto-delivery-fragment.json': ['refused not_a_notification'],
  '135-commcare-complaint-yahoo-2rcpt.json': ['shared_complaint permanent', 'shared_complaint permanent'],
  '137-commcare-suppressed.json': ['mark sesGlobalList bounce'],
  // The queue ran out while every attempt failed at the DNS, with a code of class 4.
  '138-commcare-transient-dns.json': ['dns_failure transient'],
  '140-index-poc2026-delivery.json': ['delivery'],
  '145-index-tdar-permanent-g8-fragment.json': ['refused not_a_notification'],
  '146-index-tdar-transient-nodsn-fragment.json': ['refused not_a_notification'],
  '147-index-delhivery-10dest.json': ['refused not_json'],
  '149-index-wraps-eventbridge-complaint.json': ['complaint permanent'],
  '150-index-wraps-eventbridge-bounce.json': ['unknown_user permanent'],
};
