import type { ChannelType } from "@/lib/domain/notifications/channel-type";
import { sendByMail } from "./mail";
import type { Transport } from "./transport";
import { sendOverHttp } from "./webhook";

/** How each type of channel is sent to. */
export const TRANSPORTS: Readonly<Record<ChannelType, Transport>> = {
  webhook: sendOverHttp,
  slack: sendOverHttp,
  teams: sendOverHttp,
  ntfy: sendOverHttp,
  mail: sendByMail,
};
