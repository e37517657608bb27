import { z } from "zod";
import { FILE_FORMATS, type FileFormat } from "@/lib/domain/reports/table-address";

const FORMATS = ["json", ...(Object.keys(FILE_FORMATS) as FileFormat[])] as const;

/** What everything in the read API can be asked for. */
export const commonQuery = z.object({
  company: z
    .string()
    .max(20)
    .optional()
    .meta({
      description: "A company's id, or all: every company the user may see. A key's own company unless said.",
      examples: ["1", "all"],
    }),
  format: z.enum(FORMATS).default("json").meta({ description: "JSON, or a file with every row." }),
  columns: z.string().max(2_000).optional().meta({
    description: "Columns by their names in JSON, between commas and in the wanted order.",
  }),
  totals: z.enum(["on", "off"]).default("on").meta({
    description: "Whether a file of a report that has totals ends with them. JSON never has them.",
  }),
  bom: z.enum(["on", "off"]).default("on").meta({
    description: "Whether a CSV file begins with the byte-order mark that tells Excel it is UTF-8.",
  }),
});
