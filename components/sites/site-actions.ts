import type { FoundKey } from "@/lib/services/sites/find-key";
import type { SiteView } from "@/lib/services/sites/read-sites";
import type { FormAction } from "@/lib/domain/form-result";
import type { RevealedKey } from "@/lib/services/sites/change-key";

/** What can be done to sites and keys; the page hands the server's actions down. */
export interface SiteActions {
  createSiteAction: FormAction<{ siteId: number }>;
  renameSiteAction: FormAction<void>;
  deleteSiteAction: FormAction<void>;
  createKeyAction: FormAction<RevealedKey>;
  revealKeyAction: FormAction<RevealedKey>;
  rotateKeyAction: FormAction<RevealedKey>;
  changeKeyAction: FormAction<void>;
  disableKeyAction: FormAction<void>;
  enableKeyAction: FormAction<void>;
  findKeyAction: FormAction<FoundKey[]>;
  deleteKeyAction: FormAction<void>;
}

/** What each part of a site on the page gets. */
export interface SiteProps {
  companyId: number;
  site: SiteView;
  zone: string;
  actions: SiteActions;
}
