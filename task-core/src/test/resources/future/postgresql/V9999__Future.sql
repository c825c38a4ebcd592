-- What a later release may do to the tables: everything that the policy in CONTRIBUTING.md allows.
ALTER TABLE ${prefix}queue ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}queue_source ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}kind ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}worker ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}task ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}ready ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}running ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}due ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}finished ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}attempt ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
ALTER TABLE ${prefix}maintenance ADD COLUMN of_the_future integer NOT NULL DEFAULT 0;
CREATE TABLE ${prefix}future (id integer NOT NULL PRIMARY KEY);
CREATE INDEX ${prefix}task_future ON ${prefix}task (of_the_future);
