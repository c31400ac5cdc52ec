/** Runs steps one after another, prints each with its outcome, and counts. */
export class Report {
  readonly #signal: AbortSignal;
  #passed = 0;
  #failed = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get hasFailed(): boolean {
    return this.#failed > 0;
  }

  /**
   * A failed step is printed with its reason; the steps after it run all the same.
   * @throws when the run was aborted.
   */
  async step(title: string, check: () => Promise<void>): Promise<boolean> {
    this.#signal.throwIfAborted();
    const startedAt = Date.now();
    const titleWithTime = () => `${title} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`;
    try {
      await check();
      this.#passed += 1;
      console.log(`ok      ${titleWithTime()}`);
      return true;
    } catch (error) {
      this.fail(titleWithTime(), error);
      return false;
    }
  }

  fail(title: string, error: unknown): void {
    this.#failed += 1;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    console.log(`FAILED  ${title}\n${reason.replace(/^/gm, '        ')}`);
  }

  /** Prints the closing line; answers whether steps ran and none failed. */
  close(): boolean {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#passed > 0 && this.#failed === 0;
  }
}
