import { globalRoute } from "@/lib/server/routes";
import { usersFileResponse } from "@/lib/server/users-export";

export const dynamic = "force-dynamic";

/** `GET /admin/users/export`: the users whom one may list, under the page's filters, as a file. */
export const GET = globalRoute("user:list", (request, _, user) => usersFileResponse(request, user));
