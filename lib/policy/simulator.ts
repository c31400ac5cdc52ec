/**
 * Whether the canonical address belongs to SES's mailbox simulator, with which people try things out.
 * Source: Amazon SES Developer Guide, "Using the mailbox simulator manually".
 */
export function isSimulatorAddress(address: string): boolean {
  return address.endsWith('@simulator.amazonses.com');
}
