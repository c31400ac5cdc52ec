/** A metric of a deployment's own namespace. Source of the units: Amazon CloudWatch API reference, "MetricDatum". */
export interface Metric {
  /** What is counted is a sum; what is measured keeps its last value. */
  readonly unit: 'Count' | 'Seconds';
  readonly kind: 'counted' | 'measured';
  /** Dimensions, each with how many values it may have: every combination is a metric of its own, and is paid for. */
  readonly by: Readonly<Record<string, number>>;
}

const COUNTED = { unit: 'Count', kind: 'counted', by: {} } as const;

/**
 * Everything that the functions count and measure; alarms and dashboard are built from it. No account and no address is
 * ever a dimension (docs/decisions/022-operations.md). What each metric means stands in docs/runbook.md.
 */
export const METRICS = {
  // The intake.
  NotificationReceived: COUNTED,
  BounceRecorded: { ...COUNTED, by: { Reason: 16 } },
  BounceNotCounted: COUNTED,
  BounceRemark: { ...COUNTED, by: { Remark: 3 } },
  SesLayerMarked: { ...COUNTED, by: { Layer: 3 } },
  StrikesCleared: COUNTED,
  GlobalBounceDeclared: COUNTED,
  NotificationRepeated: COUNTED,
  NotificationIgnored: { ...COUNTED, by: { Kind: 25 } },
  AccountNotRegistered: { ...COUNTED, by: { By: 3 } },
  MessageParked: { ...COUNTED, by: { Reason: 8 } },
  MessageReturned: COUNTED,
  // The API.
  Request: { ...COUNTED, by: { Status: 16 } },
  Verdict: { ...COUNTED, by: { Code: 8 } },
  UnbounceGranted: COUNTED,
  UnbounceRepeated: COUNTED,
  UnbounceRefused: { ...COUNTED, by: { Rule: 8 } },
  UnbounceQuotaLeft: { unit: 'Count', kind: 'measured', by: {} },
  AddressReleased: { ...COUNTED, by: { Global: 2 } },
  AddressErased: COUNTED,
  AddressCorrected: COUNTED,
  RowImported: { ...COUNTED, by: { Outcome: 12 } },
  // What is told to others.
  EventPublished: { ...COUNTED, by: { Type: 8 } },
  EventNotTaken: { ...COUNTED, by: { Type: 8 } },
  EventBusUnreachable: COUNTED,
  // SES's account list.
  SesRemovalQueued: COUNTED,
  SesRemovalQueuedAgain: COUNTED,
  SesRemovalSettled: { ...COUNTED, by: { Outcome: 7 } },
  SesRemovalInJob: COUNTED,
  SesJobRefused: COUNTED,
  SesRemovalsWaiting: { unit: 'Count', kind: 'measured', by: {} },
  SesOldestRemovalAge: { unit: 'Seconds', kind: 'measured', by: {} },
  SesListEntriesRead: COUNTED,
  SesListDrift: { ...COUNTED, by: { Direction: 3 } },
  SesTaskReturned: COUNTED,
  SesTaskUnknown: COUNTED,
  StreamRecordUnreadable: COUNTED,
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;
type OfKind<Kind extends Metric['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

export type CountedName = OfKind<'counted'>;
export type MeasuredName = OfKind<'measured'>;

/** The dimensions of a metric, all of them. */
export type DimensionsOf<Name extends MetricName> = {
  readonly [Dimension in keyof (typeof METRICS)[Name]['by']]: string;
};
