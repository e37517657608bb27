import type { ActiveLocale } from "@/lib/domain/locales";
import type messages from "./en.json";

declare module "next-intl" {
  interface AppConfig {
    Locale: ActiveLocale;
    Messages: typeof messages;
  }
}
