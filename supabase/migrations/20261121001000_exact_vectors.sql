-- Where vectors are compared one by one, in PGlite, single precision takes under half the time of half precision, whose
-- numbers are unpacked in software there. With an index halves stay: half the size, and as good a recall;
-- and so they do where single precision would not fit a page.
alter table app.embedding_models add column vector_type text not null default 'halfvec' check (vector_type in ('halfvec', 'vector'));

create or replace function app.add_embedding_model(name text, dimensions int, dimensions_asked boolean, indexed boolean) returns int
  language plpgsql security definer set search_path = ''
  as $$
  declare
    model int;
    target text;
    part text;
    vectors text := case when indexed or dimensions > 2000 then 'halfvec' else 'vector' end;
  begin
    insert into app.embedding_models (name, dimensions, dimensions_asked, vector_type) values ($1, $2, $3, vectors) on conflict do nothing returning id into model;
    if model is null then
      return (select id from app.embedding_models known where known.name = $1 and known.dimensions = $2);
    end if;
    target := format('app.chunk_embeddings_%s', model);
    execute format('create table %s (
        corpus_id int not null, number int not null, embedding extensions.%s(%s) not null,
        primary key (corpus_id, number),
        foreign key (corpus_id, number) references app.chunks (corpus_id, number) on delete cascade
      ) %s', target, vectors, $2, case when indexed then 'partition by hash (corpus_id)' end);
    execute format('alter table %s alter column embedding set storage plain', target);
    call app.protect(target::regclass);
    execute format('grant select on %s to anon, authenticated', target);
    execute format('create policy visible on %s for select to anon, authenticated
      using (corpus_id = any (array(select id from app.corpora)))', target);
    if indexed then
      for remainder in 0..31 loop
        part := format('%s_%s', target, remainder);
        execute format('create table %s partition of %s for values with (modulus 32, remainder %s)', part, target, remainder);
        call app.protect(part::regclass);
        execute format('create index on %s using hnsw (embedding extensions.halfvec_cosine_ops)', part);
      end loop;
    end if;
    return model;
  end $$;
