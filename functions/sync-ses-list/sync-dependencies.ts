import type { Policy } from '../../lib/policy/policy.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { SuppressionList } from '../../lib/ses/suppression-list.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import type { SesListStore } from '../../lib/store/ses-list-port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import type { TaskQueue } from './tasks.ts';

export interface SyncDependencies {
  readonly addresses: Pick<AddressStore, 'readStatuses'>;
  readonly operator: Pick<OperatorStore, 'readWhole' | 'updateStatus'>;
  readonly sesList: SesListStore;
  /** SES's list in every Region. */
  readonly lists: readonly SuppressionList[];
  readonly queue: TaskQueue;
  readonly policy: Policy;
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
}
