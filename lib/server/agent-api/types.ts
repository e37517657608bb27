import type { HeldBytes } from "../bodies-under-way";

/** An agent's request, whichever of the two mounts took it. Header names are given in lower case. */
export interface AgentRequest {
  method: string;
  header(name: string): string | undefined;
  /**
   * The body as sent, counted in `held` as it comes. @throws BodyTooLarge once more than `limitBytes` have come,
   * BodyTooSlow, BodyBrokenOff, AppError `limited` or `unavailable` when too many bytes are under way.
   */
  readBody(limitBytes: number, held: HeldBytes): Promise<Buffer>;
  /** What its body takes of memory, once that is read; released with the answer. */
  held: HeldBytes | undefined;
  address: string;
  requestId: string;
}

export interface AgentResponse {
  status: number;
  /** Made for this answer alone: a mount may add to it. */
  headers: Record<string, string>;
  body: string;
}

export type AgentHandler = (request: AgentRequest) => Promise<AgentResponse>;

export class BodyTooLarge extends Error {}

export class BodyTooSlow extends Error {}

/** The agent closed the connection before its body was whole, so the answer isn't read. */
export class BodyBrokenOff extends Error {}
