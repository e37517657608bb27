import { cookies } from "next/headers";
import { areReplicasSet } from "@/lib/services/access/read-access";

const COOKIE = "winauthmon.changed";
/** A replica further behind is not read anyway, whatever `DATABASE_READ_LAG_SECONDS` says at most. */
const KEPT_SECONDS = 3_600;

/**
 * Notes with the browser that its user has changed something now, so that pages show that and not what a replica still
 * holds, whichever server answers.
 */
export async function noteChange(): Promise<void> {
  if (!areReplicasSet()) return;
  const options = { httpOnly: true, sameSite: "lax", path: "/", maxAge: KEPT_SECONDS } as const;
  (await cookies()).set(COOKIE, String(Date.now()), options);
}

/** When this browser's user last changed something, epoch milliseconds; 0 for nothing lately. */
export async function lastChangeAt(): Promise<number> {
  if (!areReplicasSet()) return 0;
  const text = (await cookies()).get(COOKIE)?.value ?? "";
  // Another server's clock may be ahead, but nothing was changed in the future.
  return /^\d{1,15}$/.test(text) ? Math.min(Number(text), Date.now()) : 0;
}
