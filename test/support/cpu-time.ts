/** Milliseconds of processor time that the work took: what else the machine is doing does not count. */
export function cpuTimeInMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
