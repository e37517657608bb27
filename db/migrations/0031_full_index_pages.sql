-- New pages are no fuller for it; indexes that are rebuilt leave no room in the pages of what is past.
ALTER INDEX "events_account" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "events_computer" SET (fillfactor = 100);
