-- Administrators and their sessions: apart from users, and seen by the service role alone.

create table app.admin_users (
  id uuid primary key default app.uuid_v7(),
  email text not null check (length(email) between 3 and 320 and email = lower(email)),
  name text not null check (length(name) between 1 and 100),
  -- bcrypt at cost 12 over base64(HMAC-SHA-256(pepper, password)). Another form would be compared in no time, and never match.
  password_hash text not null check (password_hash ~ '^\$2b\$12\$[./A-Za-z0-9]{53}$'),
  role text not null check (role in ('viewer', 'admin', 'super_admin')),
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  last_login_at timestamptz,
  unique (email)
);
call app.protect('app.admin_users');

create table app.admin_sessions (
  -- SHA-256 of the 256-bit id (`jti`) in the token: who reads this table can't make one.
  id_hash bytea primary key check (octet_length(id_hash) = 32),
  admin_id uuid not null references app.admin_users (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- However often it is used.
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- For the administrator to recognise it by; of the address no more than is logged.
  user_agent text not null default '' check (length(user_agent) <= 300),
  address text not null default '' check (length(address) <= 60)
);
call app.protect('app.admin_sessions');
create index admin_sessions_admin on app.admin_sessions (admin_id, created_at);
create index admin_sessions_expiry on app.admin_sessions (expires_at);
