/**
 * What journeys look for that the program puts together of several texts, which one translation can't replace: the
 * texts that must stand there in other languages. Expressions stay as they are.
 */
export const PHRASES_IN_PARTS: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  "/^Computer silent and API key created → http:\\/\\/127.*, immediately$/": [
    "Computer silent",
    "API key created",
    /→ http:\/\/127/,
    "immediately",
  ],
  "/companyadmin created API key “Reception”/": [/companyadmin/, "API key", /Reception/],
  "Disk nearly full → ops@example.com, within 30 seconds": [
    "Disk nearly full",
    /→ ops@example\.com/,
    "within 30 seconds",
  ],
  "/Last result: .*2 events/": ["Last result", "2 events"],
  "/Server response: 250 .*queued as TEST/": ["Server response", /250 .*queued as TEST/],
  "/Server response: 550 No such mailbox/": ["Server response", /550 No such mailbox/],
  "Active5 h 0 min": ["Active", "5 h 0 min"],
  "Failed logon6": ["Failed logon", /6/],
  "/Total of HO 2 accounts 3 sessions/": ["Total of HO", "2 accounts", "3 sessions"],
  // The browser writes the “and”, in English for the pseudo-locale.
  "3 sessions: 2 active and 1 uncertain": ["3 sessions", "2 active", "1 uncertain"],
  "On the last day of every month at 02:30 · Today · CSV file": [
    "On the last day of every month at 02:30",
    "Today",
    "CSV file",
  ],
  "Every Friday at 02:30 · Today · Summary in the email": [
    "Every Friday at 02:30",
    "Today",
    "Summary in the email",
  ],
};
