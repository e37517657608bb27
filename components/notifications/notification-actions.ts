import type { FormAction } from "@/lib/domain/form-result";
import type { SubscriptionPreview } from "@/lib/services/notifications/preview-subscription";

/** What can be done to channels and subscriptions; the page hands the server's actions down. */
export interface NotificationActions {
  createChannelAction: FormAction<{ id: number; secret: string | null }>;
  changeChannelAction: FormAction<void>;
  testChannelAction: FormAction<{ deliveryIds: number[] }>;
  rotateSecretAction: FormAction<{ secret: string; previousUntil: Date }>;
  pauseChannelAction: FormAction<{ pausedUntil: Date }>;
  resumeChannelAction: FormAction<void>;
  deleteChannelAction: FormAction<void>;
  subscribeAction: FormAction<{ id: number }>;
  deleteSubscriptionAction: FormAction<void>;
  previewSubscriptionAction: FormAction<SubscriptionPreview>;
}

/** Whose notifications a screen shows. */
export interface NotificationOwner {
  /** null for the portal's own. */
  companyId: number | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
}

/** The address of the owner's pages. */
export function baseOf({ companyId }: Pick<NotificationOwner, "companyId">): string {
  return companyId === null ? "/admin/notifications" : `/${companyId}/notifications`;
}

/** What every form of the owner carries. */
export function hiddenOf({ companyId }: Pick<NotificationOwner, "companyId">): Record<string, number> {
  return companyId === null ? {} : { companyId };
}
