-- Times are UTC epoch milliseconds; paths, rooms and states are text. Only the id columns are SQLite's own words.
create table recording (
  id integer primary key autoincrement,
  room varchar not null,
  room_name varchar not null,
  title varchar not null,
  started_at bigint not null,
  ended_at bigint,
  last_byte_at bigint not null,
  duplicate_frames bigint not null,
  coverage varchar
);
create index recording_room on recording (room, id);
create index recording_unended on recording (id) where ended_at is null;

create table attempt (
  room varchar not null,
  epoch bigint not null,
  recording bigint not null references recording (id),
  began_at bigint not null,
  ended_at bigint,
  cause varchar,
  primary key (room, epoch)
);

create table segment (
  id integer primary key autoincrement,
  recording bigint not null references recording (id),
  epoch bigint not null,
  idx bigint not null,
  root varchar not null,
  part varchar not null,
  file varchar not null,
  state varchar not null,
  bytes bigint not null,
  video_frames bigint not null,
  audio_frames bigint not null,
  start_ms bigint not null,
  end_ms bigint not null,
  source_offset_ms bigint not null,
  opened_at bigint not null,
  unique (recording, idx)
);
create index segment_unfinished on segment (state, id) where state <> 'READY';

create table gap (
  id integer primary key autoincrement,
  recording bigint not null references recording (id),
  at_ms bigint not null,
  duration_ms bigint not null,
  cause varchar not null
);
create index gap_recording on gap (recording, at_ms);

-- A delivery without a segment is that of the recording's coverage file.
create table delivery (
  id integer primary key autoincrement,
  recording bigint not null references recording (id),
  segment bigint references segment (id),
  root varchar not null,
  file varchar not null,
  target varchar not null,
  state varchar not null,
  bytes bigint not null,
  tries bigint not null,
  next_try_at bigint,
  error varchar,
  remote varchar,
  created_at bigint not null,
  done_at bigint,
  unique (recording, file, target)
);
create index delivery_pending on delivery (target, id) where state <> 'DONE';
create index delivery_file on delivery (target, file);
create index delivery_segment on delivery (segment);

create table stopped (
  room varchar primary key
);
