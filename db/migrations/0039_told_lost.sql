-- What was told of lost events outlasts the notification, which ends and goes.
ALTER TABLE "computers" ADD COLUMN "told_lost" bigint;