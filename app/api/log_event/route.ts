import { agentRoute } from "@/lib/server/agent-api/web-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = agentRoute("/api/log_event");
