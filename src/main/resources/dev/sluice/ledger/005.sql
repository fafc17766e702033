-- What a person has put on hold for the whole program; nothing stands here while all goes on.
create table hold (
  what varchar primary key,
  since bigint not null
);
