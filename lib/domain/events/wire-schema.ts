import { z } from "zod";
import { EVENT_ID_LENGTH_LIMIT, NAME_LENGTH_LIMIT } from "./wire";

// Every pattern here describes what the parser accepts; the parser stays the judge of dates and limits.
const TIMESTAMP_PATTERN =
  /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?( *([Zz]|[+-]\d{2}:?\d{2}|[Uu][Tt][Cc]|[Gg][Mm][Tt]|[Bb][Ss][Tt]))?$/;
// No control characters (C0, DEL, C1) and no lone surrogates; a name holds something besides white space.
const NAME_PATTERN = /^[^\p{Cc}\p{Cs}]*[^\s\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*$/u;
const PLAIN_PATTERN = /^[^\p{Cc}\p{Cs}]*$/u;

const name = (description: string, examples: string[]) =>
  z.string().min(1).max(NAME_LENGTH_LIMIT).regex(NAME_PATTERN).meta({ description, examples });

const address = (description: string, examples: (string | number | null)[]) =>
  z
    .union([z.string(), z.number(), z.null()])
    .optional()
    .meta({
      description: `${description} Kept as sent, cut at 255 characters; never a reason to refuse.`,
      examples,
    });

const detail = (description: string, examples: (string | number)[]) =>
  z
    .union([z.string().max(255), z.number(), z.null()])
    .optional()
    .meta({ description, examples });

/**
 * The agent API's event in zod, for the API description; {@link parseWireEvent} decides what is stored.
 *
 * Whatever passes here and has a possible date is accepted by the parser. The parser is wider where only odd
 * agents differ: an address or `retry` of another type, a name that is within 255 characters once trimmed.
 */
export const wireEventSchema = z
  .looseObject({
    EventType: name(
      "What happened. Matched ignoring case and everything but letters and digits; an unknown type is stored as other. Trimmed, no control characters.",
      ["Logon", "Sign-Out", "4624", "WorkstationLocked"],
    ),
    UserName: name("The Windows user, without regard to case. Trimmed, no control characters.", [
      "CONTOSO\\john.doe",
      "jane",
    ]),
    ComputerName: name("The Windows computer, without regard to case. Trimmed, no control characters.", [
      "WS-01",
    ]),
    Timestamp: z.union([z.string().regex(TIMESTAMP_PATTERN), z.number()]).meta({
      description:
        "When it happened: RFC 3339 (a space for T, no zone for UTC and a trailing UTC, GMT or BST are accepted) or Unix seconds or milliseconds. From 2000-01-01 to 24 hours ahead of the server.",
      examples: [
        "2025-05-25T14:30:00Z",
        "2025-05-25T15:30:00.1234567+01:00",
        "2025-04-27 08:50:35 BST",
        1748183400,
      ],
    }),
    LocalIP: address("The computer's own address.", ["192.168.1.20", ""]),
    PublicIP: address("The address the computer is seen under from outside.", ["203.0.113.7"]),
    IPAddress: address("The local address as older agents send it, used when LocalIP is absent.", [
      "192.168.1.20",
    ]),
    SourceIP: address("Where a remote logon came from.", ["198.51.100.4"]),
    retry: z
      .union([z.number(), z.boolean(), z.string(), z.null()])
      .optional()
      .meta({ description: "0 or 1, or how often this event was sent before.", examples: [0, 1, 3] }),
    EventId: z
      .union([z.string().max(EVENT_ID_LENGTH_LIMIT).regex(PLAIN_PATTERN), z.int(), z.null()])
      .optional()
      .meta({
        description:
          "The agent's own unique id of the event; with it, the same id at the same instant is a repeat.",
        examples: ["b7a1c9e2-5f0d-4c61-9a55-3f1d2c8e7a90", 118_204],
      }),
    LogonType: z
      .union([z.int().min(-32_768).max(32_767), z.string().regex(/^$|^-?[0-9]{1,4}$/), z.null()])
      .optional()
      .meta({
        description: "Windows' logon type: 2 at the keyboard, 3 network, 10 remote desktop.",
        examples: [2, 10],
      }),
    Status: detail("Windows' failure code of a failed logon.", ["0xC000006D"]),
    SubStatus: detail("The finer failure code.", ["0xC000006A"]),
    SessionId: detail("Windows' session or logon id.", ["0x3e7", 2]),
    AgentVersion: detail("The version of the agent.", ["2.1.0"]),
  })
  .meta({
    description: "One event of a Windows computer. Unknown fields are ignored; null stands for absent.",
  });
