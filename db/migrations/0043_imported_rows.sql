CREATE TABLE "imported_rows" (
	"source" integer NOT NULL,
	"kind" varchar(20) NOT NULL,
	"original" text NOT NULL,
	"here_id" integer,
	CONSTRAINT "imported_rows_source_kind_original_pk" PRIMARY KEY("source","kind","original")
);
