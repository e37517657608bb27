import { ImportError } from "@/lib/domain/import/import-error";
import { meaningOf, parseStoredTime } from "@/lib/domain/import/wall-clock";
import { ianaZone, isIanaZone, type IanaZone } from "@/lib/domain/zones";
import type { OriginalSource } from "./sources/source";

export interface ChosenZone {
  name: IanaZone;
  /** In words, how it came to be chosen. */
  because: string;
  /** The zone in which the original showed times; null when only its database's is known. */
  portalZone: IanaZone | null;
  /** Every zone that might be meant, the chosen one first. */
  candidates: IanaZone[];
}

/** What the original takes where its config.ini has no TIMEZONE. */
const ORIGINAL_DEFAULT = "Europe/London";

/**
 * Decides in which zone the source's wall clocks stand.
 *
 * The operator's word goes first. PostgreSQL turned what the original wrote into its session's zone, so there the
 * server is asked; elsewhere it is the zone of the original's config.ini, or the original's default if that has none
 * (`configured` is null then, and undefined without a config.ini).
 * @throws ImportError when it is unknown.
 */
export async function chooseZone(
  source: OriginalSource,
  asked: string | undefined,
  configured: string | null | undefined,
): Promise<ChosenZone> {
  const option = zoneOf(asked, "--timezone");
  const config = zoneOf(configured === null ? ORIGINAL_DEFAULT : configured, "TIMEZONE in the config.ini");
  const session = await source.sessionTimeZone();
  const ofDatabase = isIanaZone(session) ? session : undefined;
  const chosen = option ?? (source.kind === "postgresql" ? ofDatabase : config);
  if (!chosen) {
    throw new ImportError(
      session === null
        ? "The original stores times without their time zone. Specify its TIMEZONE, for example: --timezone Europe/London"
        : `The database uses the time zone “${session}”, which is not in the tz database. Specify one with --timezone <name>.`,
    );
  }
  const because = option
    ? "set with --timezone"
    : source.kind === "postgresql"
      ? "the database's TimeZone, which PostgreSQL used to store them"
      : configured === null
        ? "the original's default"
        : "TIMEZONE in the config.ini";
  const others = [config, ofDatabase, ianaZone(ORIGINAL_DEFAULT), ianaZone("UTC")].filter(
    (zone) => zone !== undefined,
  );
  return {
    name: chosen,
    because,
    portalZone: config ?? (source.kind === "postgresql" ? null : chosen),
    candidates: [...new Set([chosen, ...others])],
  };
}

function zoneOf(name: string | undefined, where: string): IanaZone | undefined {
  if (name === undefined || name === "") return undefined;
  if (isIanaZone(name)) return name;
  throw new ImportError(`“${name}” (${where}) is not a time zone of the tz database, such as Europe/London.`);
}

/** A stored time with what it would be in UTC under each zone, for the administrator to judge by. */
export interface TimeSample {
  id: number;
  stored: string;
  readings: { zone: IanaZone; utc: string }[];
}

const SAMPLES = 3;

/** Of the rows the first one, and the first few that mean different instants in the zones. */
export function timeSamples(
  rows: readonly { id: number; stored: string }[],
  { candidates }: ChosenZone,
): TimeSample[] {
  const samples = rows.map(({ id, stored }) => ({
    id,
    stored,
    readings: candidates.map((zone) => ({ zone, utc: utcUnder(stored, zone) })),
  }));
  const telling = samples.filter(({ readings }) => readings.some(({ utc }) => utc !== readings[0]!.utc));
  return [...new Set([...samples.slice(0, 1), ...telling.slice(0, SAMPLES)])];
}

function utcUnder(stored: string, zone: IanaZone): string {
  const time = parseStoredTime(stored);
  if (!time) return "unreadable";
  const meaning = meaningOf(time, zone);
  const text = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
  return meaning.is === "repeated" ? `${text(meaning.earlier)} or an hour later` : text(meaning.at);
}
