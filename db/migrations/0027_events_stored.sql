DROP INDEX "events_stored";--> statement-breakpoint
CREATE INDEX "events_stored" ON "events" USING btree ("id");
