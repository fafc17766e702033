-- What webhooks are to be told, and the log of it.
create table webhook_event (
  id integer primary key autoincrement,
  webhook varchar not null,
  event varchar not null,
  type varchar not null,
  body varchar not null,
  state varchar not null,
  created_at bigint not null,
  tries bigint not null,
  next_try_at bigint,
  status bigint not null,
  error varchar,
  done_at bigint
);
create index webhook_event_of on webhook_event (webhook, id);
create index webhook_event_waiting on webhook_event (webhook, id) where state = 'WAITING';
