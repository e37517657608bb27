import type { PageLocale } from "@/lib/domain/locales";
import type messages from "./en.json";

declare module "next-intl" {
  interface AppConfig {
    Locale: PageLocale;
    Messages: typeof messages;
  }
}
