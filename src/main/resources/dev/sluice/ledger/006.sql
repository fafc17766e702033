-- What else is known of a recording, by name; for people and their scripts, in the coverage file.
create table recording_note (
  recording bigint not null references recording (id),
  name varchar not null,
  value varchar not null,
  primary key (recording, name)
);
