const WIDTH = 32;

/** A progress bar on one line of a terminal; elsewhere a line at each tenth, so that logs stay short. */
export class ProgressBar {
  #done = 0;
  #lastTenth = -1;

  constructor(
    readonly label: string,
    readonly total: number,
  ) {
    this.#draw();
  }

  advance(by: number): void {
    this.#done += by;
    this.#draw();
  }

  finish(note: string): void {
    this.#done = this.total;
    this.#draw();
    process.stdout.write(process.stdout.isTTY ? `  ${note}\n` : `${this.label}: ${note}\n`);
  }

  #draw(): void {
    const share = this.total === 0 ? 1 : this.#done / this.total;
    if (process.stdout.isTTY) {
      const filled = Math.round(share * WIDTH);
      const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      process.stdout.write(
        `\r${this.label.padEnd(28)} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %`,
      );
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth !== this.#lastTenth) process.stdout.write(`${this.label}: ${tenth * 10} %\n`);
    this.#lastTenth = tenth;
  }
}
