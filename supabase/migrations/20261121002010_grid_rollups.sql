-- Sums beside means, for energies; and which documents were read to their end, so that one that was broken off is read again.

alter table app.rollups add column total float8;
alter table app.payloads add column completed_at timestamptz;
