import { closeDatabase } from "@/db/client";
import { storeTime } from "@/lib/services/reports/store-time";

// Storing time in a process of its own, which a test may kill.
await storeTime(new AbortController().signal);
await closeDatabase();
