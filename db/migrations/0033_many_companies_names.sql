-- When an account or a computer was last seen changes with nearly every event of a busy portal. Room in their pages keeps
-- such a change out of their indexes; without it each wrote two index entries more, and whole pages after a checkpoint.
ALTER TABLE accounts SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE computers SET (fillfactor = 50);
