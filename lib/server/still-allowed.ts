import type { Actor } from "@/lib/domain/actor";
import { can, type CompanyAction, type PortalAction } from "@/lib/domain/permissions";
import { AppError } from "@/lib/errors";
import { readAccess, scopeOfCompany, type CompanyScope } from "@/lib/services/access/read-access";
import { readSession } from "@/lib/services/auth/sessions";
import type { SignedIn } from "./guards";

/** How often a file under way asks, so that its rows cost two more reads every two seconds at most. */
const LOOK_MILLISECONDS = 2_000;

interface Holding {
  /** null for none: `action` is one of the portal. */
  scope: CompanyScope | null;
  /** What it takes in every company of the scope, where seeing it isn't enough. */
  action?: CompanyAction | undefined;
  portalAction?: PortalAction | undefined;
  /** What no action says: whether the person still has the role on which it hangs. */
  isOfRole?: ((actor: Actor) => boolean) | undefined;
  /** Whether a session that only idles is good as well: who waits for a file does nothing else. */
  mayIdle: boolean;
}

/** Asks the database whether the session still lives and may still see what it was shown. */
export async function isStillAllowed(
  { session: { sessionId } }: Pick<SignedIn, "session">,
  { scope, action, portalAction, isOfRole, mayIdle }: Holding,
): Promise<boolean> {
  const session = await readSession(sessionId, { mayIdle });
  const access = session && !session.pending ? await readAccess(session.userId) : null;
  if (!access || (portalAction && !can(access.actor, portalAction))) return false;
  if (isOfRole && !isOfRole(access.actor)) return false;
  const isOpen = (companyId: number) =>
    scopeOfCompany(access, companyId) !== null && (!action || can(access.actor, action, { companyId }));
  return scope?.companyIds.every(isOpen) ?? true;
}

/**
 * What comes, until its reader may not have it any more; asked before a piece is given, every two seconds at most.
 * It goes on while the database is away. @throws AppError `unauthenticated` in place of the next piece.
 */
export async function* whileAllowed<Piece>(
  pieces: AsyncIterable<Piece>,
  isAllowed: () => Promise<boolean>,
): AsyncGenerator<Piece> {
  let askedAt = Date.now();
  for await (const piece of pieces) {
    if (Date.now() - askedAt >= LOOK_MILLISECONDS) {
      if (!(await isAllowed().catch(() => true)))
        throw new AppError("unauthenticated", { key: "files.noLongerYours" });
      askedAt = Date.now();
    }
    yield piece;
  }
}
