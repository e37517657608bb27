/** An agent's request, whichever of the two mounts took it. Header names are given in lower case. */
export interface AgentRequest {
  method: string;
  header(name: string): string | undefined;
  /** The body as sent. @throws BodyTooLarge once more than `limitBytes` have come. */
  readBody(limitBytes: number): Promise<Buffer>;
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
