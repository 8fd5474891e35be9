-- What models cost, each row from one date to another. A row that a later import replaces stays, for calls that were charged by it.

create table app.llm_prices (
  -- provider/model@from#hash of its content: what a call's row names as price_version.
  version text primary key,
  provider text not null check (length(provider) between 1 and 100),
  model text not null check (length(model) between 1 and 200),
  -- UTC days; null is open.
  effective_from date,
  effective_to date check (effective_to > effective_from),
  -- The whole request is charged at the rates of tier 1 when its prompt has more tokens than this.
  tier_above int check (tier_above > 0),
  -- From the checked-in catalogue, or from a file that somebody imported, which goes before it.
  origin text not null check (origin in ('checked-in', 'imported')),
  source text not null,
  as_of date not null,
  note text not null default '',
  imported_at timestamptz not null default now(),
  replaced_at timestamptz
);
call app.protect('app.llm_prices');
create unique index llm_prices_current on app.llm_prices (provider, model, effective_from, origin) nulls not distinct where replaced_at is null;

create table app.llm_price_rates (
  version text not null references app.llm_prices (version) on delete cascade,
  service text not null check (service in ('standard', 'batch', 'flex', 'priority')),
  tier int not null check (tier in (0, 1)),
  bucket text not null,
  -- Of tokens; of web searches as well.
  usd_per_million numeric not null check (usd_per_million >= 0),
  primary key (version, service, tier, bucket)
);
call app.protect('app.llm_price_rates');
