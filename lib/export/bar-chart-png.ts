import { deflateSync } from "node:zlib";
import { gridSteps, type BarChart } from "@/lib/domain/mail/bar-chart";

const WIDTH = 1_100;
const HEIGHT = 420;
const PLOT = { left: 130, right: 1_080, top: 24, bottom: 360 };
/** Of one dot of a letter; mails show the picture at half its size. */
const DOT = 3;
const LETTER_WIDTH = 6 * DOT;
const LETTER_HEIGHT = 7 * DOT;
const MOST_LABELS = 8;

/** Indexes into the palette. */
const PAPER = 0;
const GRID = 1;
const BAR = 2;
const INK = 3;
const PALETTE = [
  [255, 255, 255],
  [221, 225, 230],
  [37, 99, 235],
  [75, 85, 99],
].flat();

/** Seven rows of five dots each, the leftmost being the highest bit: all that labels of axes need. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  "0": [14, 17, 19, 21, 25, 17, 14],
  "1": [4, 12, 4, 4, 4, 4, 14],
  "2": [14, 17, 1, 2, 4, 8, 31],
  "3": [31, 2, 4, 2, 1, 17, 14],
  "4": [2, 6, 10, 18, 31, 2, 2],
  "5": [31, 16, 30, 1, 1, 17, 14],
  "6": [6, 8, 16, 30, 17, 17, 14],
  "7": [31, 1, 2, 4, 8, 8, 8],
  "8": [14, 17, 17, 14, 17, 17, 14],
  "9": [14, 17, 17, 15, 1, 2, 12],
  "-": [0, 0, 0, 14, 0, 0, 0],
  ":": [0, 4, 4, 0, 4, 4, 0],
  ",": [0, 0, 0, 0, 4, 4, 8],
  ".": [0, 0, 0, 0, 0, 12, 12],
  h: [16, 16, 22, 25, 17, 17, 17],
};

/**
 * The chart as a PNG on white paper. It needs neither a browser nor fonts: labels are of digits, `-`, `:`, `,`, `.` and `h`,
 * and what else stands in them is left blank.
 */
export function barChartPng(
  chart: BarChart,
  axis: { unit: number; text: (value: number) => string },
): Buffer {
  const canvas = new Canvas();
  const most = Math.max(...chart.bars.map(({ value }) => value), 0);
  const steps = gridSteps(most, axis.unit);
  const top = steps.at(-1)!;
  const yOf = (value: number) => Math.round(PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top));
  for (const step of steps) {
    canvas.fill(PLOT.left, yOf(step), PLOT.right, yOf(step) + 2, GRID);
    const text = axis.text(step);
    canvas.write(text, PLOT.left - 12 - text.length * LETTER_WIDTH, yOf(step) - LETTER_HEIGHT / 2);
  }
  const slot = (PLOT.right - PLOT.left) / Math.max(chart.bars.length, 1);
  const every = Math.ceil(chart.bars.length / MOST_LABELS);
  chart.bars.forEach(({ label, value }, at) => {
    const left = PLOT.left + at * slot;
    canvas.fill(left + slot * 0.15, yOf(value), left + slot * 0.85, PLOT.bottom, BAR);
    if (at % every === 0) {
      canvas.write(label, left + (slot - label.length * LETTER_WIDTH) / 2, PLOT.bottom + 16);
    }
  });
  return canvas.png();
}

class Canvas {
  readonly #dots = new Uint8Array(WIDTH * HEIGHT).fill(PAPER);

  fill(left: number, top: number, right: number, bottom: number, color: number): void {
    const [from, to] = [Math.max(0, Math.round(left)), Math.min(WIDTH, Math.round(right))];
    for (let y = Math.max(0, Math.round(top)); y < Math.min(HEIGHT, Math.round(bottom)); y += 1) {
      this.#dots.fill(color, y * WIDTH + from, y * WIDTH + Math.max(from, to));
    }
  }

  write(text: string, left: number, top: number): void {
    [...text].forEach((letter, at) => {
      const rows = LETTERS[letter] ?? [];
      rows.forEach((bits, row) => {
        for (let column = 0; column < 5; column += 1) {
          if ((bits & (16 >> column)) === 0) continue;
          const x = left + at * LETTER_WIDTH + column * DOT;
          this.fill(x, top + row * DOT, x + DOT, top + (row + 1) * DOT, INK);
        }
      });
    });
  }

  png(): Buffer {
    const lines = Buffer.alloc((WIDTH + 1) * HEIGHT);
    for (let y = 0; y < HEIGHT; y += 1) {
      lines.set(this.#dots.subarray(y * WIDTH, (y + 1) * WIDTH), y * (WIDTH + 1) + 1);
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(WIDTH, 0);
    header.writeUInt32BE(HEIGHT, 4);
    header.set([8, 3, 0, 0, 0], 8); // eight bits of a palette, no interlacing
    return Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      chunk("IHDR", header),
      chunk("PLTE", Buffer.from(PALETTE)),
      chunk("IDAT", deflateSync(lines)),
      chunk("IEND", Buffer.alloc(0)),
    ]);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** As PNG has it; the one of node:zlib is newer than the oldest Node that the program runs on. */
function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
