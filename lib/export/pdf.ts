import { jsPDF } from "jspdf";
import { autoTable, type CellHookData } from "jspdf-autotable";
import {
  isNumericKind,
  NO_TOTALS,
  type PlainCells,
  type PlainBatches,
  type PlainTotals,
} from "@/lib/domain/reports/report-table";
import { cellText } from "./cell-text";
import { fillIn } from "./file-words";
import type { ExportHeading } from "./heading";
import { FONT, FontText, MISSING, readingOrder } from "./pdf-letters";
import { pdfColumnWidths } from "./pdf-widths";
import type { FileColumn } from "./word-cells";

const MARGIN = 12;
const GREY = 110;
const CELL_PADDING = 0.8;
const MEASURED_TEXTS = 50;

/**
 * A landscape table on A4 or Letter: heading, headers on every page, the page's number and whose it is at the foot.
 *
 * The font has Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian, Georgian and many signs. Where a cell has
 * characters of another script, a box stands for each and the heading says so. All rows are held in memory.
 */
export async function* writePdf(
  heading: ExportHeading,
  columns: readonly FileColumn[],
  batches: PlainBatches,
  totals: PlainTotals = NO_TOTALS,
): AsyncGenerator<Uint8Array> {
  const doc = new jsPDF({
    orientation: "landscape",
    unit: "mm",
    format: heading.paper,
    compress: true,
    putOnlyUsedFonts: true,
  });
  const print = new FontText(doc);
  const texts = (cells: PlainCells) =>
    columns.map(({ kind }, at) => print.text(cellText(kind, cells[at], heading)));
  const rows: string[][] = [];
  for await (const batch of batches) {
    for (const cells of batch) rows.push(texts(cells));
  }
  const top = drawHeading(doc, print, heading, rows.length);
  const { noRows } = heading.words;
  drawTable(doc, columns, { rows, totals: totals().map(texts), noRows }, top);
  drawFooters(doc, print, heading);
  yield new Uint8Array(doc.output("arraybuffer"));
}

function drawHeading(doc: jsPDF, print: FontText, heading: ExportHeading, rowCount: number): number {
  const { title, companyName, words } = heading;
  doc.setProperties({ title: `${title}, ${companyName}`, creator: "WinAuthMon" });
  doc.setFont(FONT, "bold").setFontSize(14);
  drawText(doc, print.text(title), MARGIN, MARGIN + 4);
  const lines = [...heading.lines, [words.rows, rowCount.toLocaleString(heading.locale)] as const];
  const shown = lines.map(([word, value]): [string, string] => [word, print.text(value)]);
  if (print.isIncomplete) {
    shown.push([words.note, fillIn(words.missingCharacters, { sign: MISSING })]);
  }
  autoTable(doc, {
    startY: MARGIN + 7,
    margin: { left: MARGIN, right: MARGIN },
    theme: "plain",
    styles: { font: FONT, fontSize: 8, cellPadding: 0.4 },
    columnStyles: { 0: { cellWidth: 22, textColor: GREY } },
    body: shown,
    didParseCell: setReadingOrder,
  });
  return lastY(doc) + 3;
}

function drawTable(
  doc: jsPDF,
  columns: readonly FileColumn[],
  { rows, totals, noRows }: { rows: string[][]; totals: string[][]; noRows: string },
  top: number,
): void {
  const isNumeric = columns.map(({ kind }) => isNumericKind(kind));
  const fontSize = columns.length > 10 ? 6.5 : 7.5;
  const widths = measuredWidths(doc, columns, [...rows, ...totals], fontSize);
  const bold = { fontStyle: "bold" as const };
  autoTable(doc, {
    startY: top,
    margin: { left: MARGIN, right: MARGIN, top: MARGIN, bottom: MARGIN + 4 },
    tableWidth: widths.reduce((sum, width) => sum + width, 0),
    theme: "grid",
    showHead: "everyPage",
    rowPageBreak: "avoid",
    styles: { font: FONT, fontSize, cellPadding: CELL_PADDING, lineWidth: 0.05 },
    headStyles: { font: FONT, fontStyle: "bold", fillColor: [229, 231, 235], textColor: 20 },
    columnStyles: Object.fromEntries(
      widths.map((cellWidth, at) => [
        at,
        isNumeric[at] ? { cellWidth, halign: "right" as const } : { cellWidth },
      ]),
    ),
    head: [
      columns.map(({ header }, at) => ({
        content: header,
        styles: isNumeric[at] ? { halign: "right" as const } : {},
      })),
    ],
    body:
      rows.length > 0
        ? [...rows, ...totals.map((cells) => cells.map((content) => ({ content, styles: bold })))]
        : [[{ content: noRows, colSpan: columns.length }]],
    didParseCell: setReadingOrder,
  });
}

/** Of the whole cell, as of a text that is wrapped each line would have its own. */
function setReadingOrder({ cell }: CellHookData): void {
  cell.styles.textOptions = readingOrder(cell.text.join(" "));
}

function drawText(doc: jsPDF, text: string, x: number, y: number): void {
  doc.text(text, x, y, readingOrder(text));
}

/** Widths in millimetres, measured in the bold font for headers, of whose words none is broken, and the other for cells. */
function measuredWidths(
  doc: jsPDF,
  columns: readonly FileColumn[],
  rows: readonly string[][],
  fontSize: number,
): number[] {
  const measure = (style: "normal" | "bold", texts: Iterable<string>) => {
    doc.setFont(FONT, style).setFontSize(fontSize);
    let widest = 0;
    for (const text of texts) widest = Math.max(widest, doc.getTextWidth(text));
    return widest;
  };
  const spare = 2 * CELL_PADDING + 0.5;
  const wanted = columns.map(({ header, kind }, at) => {
    const cells = longest(rows.map((row) => row[at]!));
    return {
      isText: kind === "text",
      least: measure("bold", header.split(" ")) + spare,
      full: Math.max(measure("bold", [header]), measure("normal", cells)) + spare,
    };
  });
  return pdfColumnWidths(wanted, doc.internal.pageSize.getWidth() - 2 * MARGIN);
}

/** The texts that may be the widest: measuring all would take as long as drawing them. */
function longest(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted((a, b) => b.length - a.length).slice(0, MEASURED_TEXTS);
}

function drawFooters(doc: jsPDF, print: FontText, heading: ExportHeading): void {
  const { title, companyName, zone, words } = heading;
  const { width, height } = doc.internal.pageSize;
  const left = print.text(`${title} · ${companyName} · ${fillIn(words.times, { zone })}`);
  const pages = doc.getNumberOfPages();
  doc.setFont(FONT, "normal").setFontSize(7).setTextColor(GREY);
  for (let page = 1; page <= pages; page += 1) {
    doc.setPage(page);
    drawText(doc, left, MARGIN, height - 7);
    doc.text(fillIn(words.page, { page, pages }), width - MARGIN, height - 7, { align: "right" });
  }
}

function lastY(doc: jsPDF): number {
  return (doc as jsPDF & { lastAutoTable?: { finalY: number } }).lastAutoTable?.finalY ?? MARGIN;
}
