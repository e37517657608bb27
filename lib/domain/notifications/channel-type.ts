/** Where messages go. All but mail are sent over HTTP and differ in their bodies alone. */
export const CHANNEL_TYPES = ["mail", "webhook", "slack", "teams", "ntfy"] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];
