-- Jobs of which one waits at most: in a queue of policy `short`, for each key. Also jobs that wait a while, and passages
-- that can't be embedded.

drop function app.enqueue(text, jsonb);

-- Puts a job into the queue inside the caller's transaction, with the queue's own retry and retention settings, to run
-- after `delay_seconds`. Where the queue keeps one waiting for each key and one waits already, that one is brought
-- forward and kept until the caller commits: so it runs after what the caller has written. Answers the job's id; raises
-- when there is no such queue, or when one of another policy takes no job beside those that it has.
create function app.enqueue(queue text, data jsonb, key text default null, delay_seconds int default 0) returns uuid
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    job_id uuid;
    kept pgboss.queue;
    due timestamptz := now() + delay_seconds * interval '1 second';
  begin
    select * into kept from pgboss.queue q where q.name = $1;
    if not found then raise exception 'There is no queue %', $1 using errcode = 'undefined_object'; end if;
    loop
      if kept.policy = 'short' then
        update pgboss.job set start_after = least(start_after, due)
          where name = kept.name and state = 'created' and coalesce(singleton_key, '') = coalesce($3, '') returning id into job_id;
        exit when found;
      end if;
      insert into pgboss.job (name, data, singleton_key, start_after, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
        values (kept.name, $2, $3, due, kept.expire_seconds, kept.deletion_seconds, due + kept.retention_seconds * interval '1 second', kept.retry_limit, kept.retry_delay, kept.retry_backoff, kept.retry_delay_max, kept.policy, kept.dead_letter, kept.heartbeat_seconds)
        on conflict do nothing returning id into job_id;
      exit when found;
      if kept.policy is distinct from 'short' then raise exception 'Queue % takes no second job', $1 using errcode = 'unique_violation'; end if;
    end loop;
    return job_id;
  end $$;
revoke all on function app.enqueue(text, jsonb, text, int) from public;
grant execute on function app.enqueue(text, jsonb, text, int) to authenticated, service_role;
create policy brought_forward_by_enqueue on pgboss.job for update to current_user using (true) with check (true);

-- Passages that a model's endpoint refuses whenever it is asked: they keep no other from its vector, and a model is complete
-- without them. A passage that replaces one is asked about anew.
create table app.unembeddable (
  corpus_id int not null,
  number int not null,
  model_id int not null references app.embedding_models (id) on delete cascade,
  reason text not null,
  primary key (corpus_id, number, model_id),
  foreign key (corpus_id, number) references app.chunks (corpus_id, number) on delete cascade
);
call app.protect('app.unembeddable');

-- Documents are indexed before any worker has started, too.
select pgboss.create_queue('knowledge.embed', '{"policy": "short", "retryDelay": 5, "retryBackoff": true}');
