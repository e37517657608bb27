import type { Text, TextKey } from "../text";

/** Reasons are stored as the end of an English sentence. Those of fixed words have a text; `name` is a person's. */
const REASONS: readonly (readonly [RegExp, TextKey])[] = [
  [/^it is disabled$/, "notificationSentences.reasons.keyDisabled"],
  [/^it has expired$/, "notificationSentences.reasons.keyExpired"],
  [
    /^its agents send more requests than its rate limit allows$/,
    "notificationSentences.reasons.keyRateLimited",
  ],
  [/^it may not send events$/, "notificationSentences.reasons.keyScope"],
  [/^the receiver answered 410, which means that it is gone$/, "notificationSentences.reasons.receiverGone"],
  [/^nothing could be delivered for five days$/, "notificationSentences.reasons.undelivered"],
  [/^its last address has unsubscribed$/, "notificationSentences.reasons.lastUnsubscribed"],
  [/^its last address belonged to a user who has left$/, "notificationSentences.reasons.lastLeft"],
  [
    /^its last address belonged to a user who no longer has access$/,
    "notificationSentences.reasons.lastLost",
  ],
  [/^it is in a restored copy$/, "notificationSentences.reasons.restoredCopy"],
  [/^its view was deleted$/, "notificationSentences.reasons.viewDeleted"],
  [
    /^its view is no longer shared with (?<name>.+), who scheduled it$/,
    "notificationSentences.reasons.viewUnshared",
  ],
  [/^(?<name>.+), who scheduled it, was deleted$/, "notificationSentences.reasons.ownerDeleted"],
  [
    /^(?<name>.+), who scheduled it, may no longer see the company's events$/,
    "notificationSentences.reasons.ownerLost",
  ],
  [/^(?<name>.+) may no longer read this table$/, "notificationSentences.reasons.ownerLostTable"],
  [/^nobody is left who may get it$/, "notificationSentences.reasons.noRecipient"],
  [/^its last recipient has unsubscribed$/, "notificationSentences.reasons.lastRecipientUnsubscribed"],
  // The notes of runs, which are sentences.
  [/^No longer a recipient$/, "notificationSentences.reasons.noLongerRecipient"],
  [/^The company doesn't allow this domain$/, "notificationSentences.reasons.domainRefused"],
  [/^May no longer see the company's events$/, "notificationSentences.reasons.recipientLost"],
  [
    /^The report couldn't be created because of an internal error$/,
    "notificationSentences.reasons.internalError",
  ],
];

/** A stored reason; as it stands where its words come from elsewhere, such as a mail server. */
export function reasonText(stored: string): string | Text {
  const reason = stored.replace(/\.$/, "");
  for (const [pattern, key] of REASONS) {
    const found = pattern.exec(reason);
    if (found) return { key, values: { ...found.groups } };
  }
  return reason;
}
