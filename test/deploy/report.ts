/** Runs steps one after another, prints each with its outcome, and counts. */
export class Report {
  #passed = 0;
  #failed = 0;

  /** A failed step is printed with its reason; the steps after it run all the same. */
  async step(title: string, check: () => Promise<void>): Promise<boolean> {
    const startedAt = Date.now();
    try {
      await check();
      this.#passed += 1;
      console.log(`ok      ${title} (${secondsSince(startedAt)} s)`);
      return true;
    } catch (error) {
      this.#failed += 1;
      console.log(`FAILED  ${title} (${secondsSince(startedAt)} s)\n${indented(error)}`);
      return false;
    }
  }

  get hasFailed(): boolean {
    return this.#failed > 0;
  }

  /** Prints the closing line; answers whether steps ran and none failed. */
  close(): boolean {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#passed > 0 && !this.hasFailed;
  }
}

function secondsSince(startedAt: number): string {
  return ((Date.now() - startedAt) / 1000).toFixed(1);
}

function indented(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/^/gm, '        ');
}
