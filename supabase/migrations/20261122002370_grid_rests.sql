-- Until when servers have asked not to be asked: for every process that fetches.
create table app.host_rests (
  host text primary key check (length(host) <= 300),
  rests_until timestamptz not null
);
call app.protect('app.host_rests');
