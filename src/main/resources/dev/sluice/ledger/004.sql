-- Who is signed in, with which device; only hashes of what they carry.
create table session (
  id integer primary key autoincrement,
  hash varchar not null unique,
  created_at bigint not null,
  seen_at bigint not null,
  device varchar not null,
  address varchar not null
);

create table api_key (
  id integer primary key autoincrement,
  hash varchar not null unique,
  name varchar not null unique,
  read_only bigint not null,
  created_at bigint not null,
  used_at bigint
);

-- Like entries that follow each other closely are one row with a count.
create table audit (
  id integer primary key autoincrement,
  at bigint not null,
  last_at bigint not null,
  times bigint not null,
  what varchar not null,
  who varchar not null,
  address varchar not null,
  subject varchar not null
);
