-- Leaves and rows of the tail come and go all the time. What has gone stands in the way of whoever
-- looks for the oldest until it is swept, so it is swept after thousands of rows and not after a
-- share of the table. The queue keeps its space: giving it back would let deeds wait.
ALTER TABLE trust_pendingleaf SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 4096,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off
);
ALTER TABLE trust_logrow SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 4096,
    autovacuum_vacuum_cost_delay = 0
);
